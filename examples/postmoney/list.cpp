#include "list.hpp"

#include <algorithm>
#include <iostream>

#include "csv.hpp"
#include "json.hpp"
#include "table.hpp"

using namespace postmoney;

namespace {

[[nodiscard]] Json parts_of(std::string_view cell) {
    constexpr std::string_view between = "; ";
    Json parts = Json::array();
    while (!cell.empty()) {
        const std::size_t end = std::min(cell.find(between), cell.size());
        parts.push_back(std::string(cell.substr(0, end)));
        cell.remove_prefix(std::min(end + between.size(), cell.size()));
    }
    return parts;
}

}  // namespace

std::string ListColumn::key() const {
    std::string key = heading;
    std::replace(key.begin(), key.end(), ' ', '_');
    return key;
}

bool ListOptions::csv(const ProgramOptions& program) const {
    if (program.json && csv_) throw Error(ErrorCode::misuse, "give --json or --csv, not both");
    return csv_;
}

void List::print(const ProgramOptions& program, const ListOptions& options, std::string_view if_empty) const {
    if (options.csv(program)) {
        print_csv();
    } else if (program.json) {
        print_json();
    } else if (rows_.empty()) {
        std::cout << if_empty << '\n';
    } else {
        print_table();
    }
}

void List::print_json() const {
    PrintedArray array;
    for (const auto& row : rows_) {
        Json object = Json::object();
        for (std::size_t c = 0; c < columns_.size(); ++c) {
            Json& value = object[columns_[c].key()];
            const bool is_null = row[c] == columns_[c].null_text;
            if (columns_[c].type == CellType::several && !is_null) value = parts_of(row[c]);
            if (row[c].empty() || is_null) continue;
            switch (columns_[c].type) {
                case CellType::number:
                    value = std::stoll(row[c]);
                    break;
                case CellType::yes_no:
                    value = row[c] == "yes";
                    break;
                case CellType::text:
                    value = row[c];
                    break;
                case CellType::several:
                    break;
            }
        }
        array.print(object);
    }
    array.end();
}

void List::print_csv() const {
    std::vector<std::string> names;
    for (const ListColumn& column : columns_) names.push_back(column.key());
    print_csv_row(names);
    for (const auto& row : rows_) print_csv_row(row);
}

void List::print_table() const {
    std::vector<std::string> headings;
    for (const ListColumn& column : columns_) headings.push_back(column.heading);
    TableForm form(std::move(headings));
    for (const auto& row : rows_) form.measure(row);
    form.fit(terminal_width());
    form.print_headings(std::cout);
    for (const auto& row : rows_) form.print(std::cout, row);
}

std::optional<std::size_t> count_of_option(const std::string& option, const std::string& value) {
    if (value.empty()) return std::nullopt;
    constexpr std::size_t most_digits = 9;
    if (value.size() > most_digits || value.find_first_not_of("0123456789") != std::string::npos ||
        std::stoul(value) == 0)
        throw Error::refused(ErrorCode::bad_number, value, "a whole number of at least 1").in_field(option);
    return std::stoul(value);
}
