#include "list.hpp"

#include <algorithm>
#include <iostream>

#include "csv.hpp"
#include "json.hpp"
#include "table.hpp"

using namespace postmoney;

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
            if (row[c].empty()) continue;
            switch (columns_[c].type) {
                case CellType::number:
                    value = std::stoll(row[c]);
                    break;
                case CellType::yes_no:
                    value = row[c] == "yes";
                    break;
                case CellType::text:
                    value = row[c];
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
