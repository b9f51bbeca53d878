// The command `sql`: a question of the user's own.
#include <fmt/core.h>

#include <charconv>
#include <iostream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>

#include "commands.hpp"
#include "files.hpp"
#include "table.hpp"

using namespace postmoney;

namespace {

[[nodiscard]] std::string hex(const SqlBlob& blob) {
    std::string text;
    for (const std::uint8_t byte : blob.bytes) text += fmt::format("{:02x}", byte);
    return text;
}

[[nodiscard]] std::string text_of(double value) {
    std::array<char, 32> digits;  // the shortest text of any double is shorter
    return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr};
}

// NULL is empty, a blob is written in hexadecimal digits.
[[nodiscard]] std::string text_of(const SqlCell& cell) {
    if (const auto* number = std::get_if<std::int64_t>(&cell)) return std::to_string(*number);
    if (const auto* fraction = std::get_if<double>(&cell)) return text_of(*fraction);
    if (const auto* text = std::get_if<std::string_view>(&cell)) return std::string(*text);
    if (const auto* blob = std::get_if<SqlBlob>(&cell)) return hex(*blob);
    return {};
}

[[nodiscard]] Json json_of(const SqlCell& cell) {
    if (const auto* number = std::get_if<std::int64_t>(&cell)) return *number;
    if (const auto* fraction = std::get_if<double>(&cell)) return *fraction;
    if (std::holds_alternative<std::monostate>(cell)) return nullptr;
    return text_of(cell);
}

// RFC 4180, each line ended by CR LF.
void print_csv(std::span<const std::string> cells) {
    std::string line;
    for (const std::string& cell : cells) {
        if (&cell != cells.data()) line += ',';
        if (cell.find_first_of(",\"\r\n") == std::string::npos) {
            line += cell;
            continue;
        }
        line += '"';
        for (const char c : cell) line.append(c == '"' ? 2 : 1, c);
        line += '"';
    }
    std::cout << line << "\r\n";
}

[[nodiscard]] std::vector<std::string> texts_of(std::span<const SqlCell> cells) {
    std::vector<std::string> texts;
    for (const SqlCell& cell : cells) texts.push_back(text_of(cell));
    return texts;
}

void print_as_csv(const Ledger& ledger, const std::string& query) {
    ledger.query(query, {.columns =
                             [](std::span<const std::string_view> names) {
                                 print_csv(std::vector<std::string>(names.begin(), names.end()));
                             },
                         .row = [](std::span<const SqlCell> cells) { print_csv(texts_of(cells)); }});
}

void print_as_json(const Ledger& ledger, const std::string& query) {
    std::vector<std::string> keys;
    Json rows = Json::array();
    ledger.query(query, {.columns =
                             [&](std::span<const std::string_view> names) {
                                 keys.assign(names.begin(), names.end());
                                 std::set<std::string> seen;
                                 for (const std::string& key : keys) {
                                     if (!seen.insert(key).second)
                                         throw Error::refused(ErrorCode::bad_sql, key,
                                                              "columns of different names; use AS");
                                 }
                             },
                         .row =
                             [&](std::span<const SqlCell> cells) {
                                 Json row = Json::object();
                                 for (std::size_t i = 0; i < keys.size(); ++i)
                                     row[keys[i]] = json_of(cells[i]);
                                 rows.push_back(std::move(row));
                             }});
    print(rows);
}

void print_as_table(const Ledger& ledger, const std::string& query) {
    Table table({});
    ledger.query(query, {.columns =
                             [&](std::span<const std::string_view> names) {
                                 table = Table(std::vector<std::string>(names.begin(), names.end()));
                             },
                         .row = [&](std::span<const SqlCell> cells) { table.add(texts_of(cells)); }});
    table.print(std::cout);
}

}  // namespace

int sql(const Arguments& arguments) {
    if (arguments.json && arguments.csv) throw Error(ErrorCode::misuse, "give --json or --csv, not both");
    const Ledger ledger = open_to_read(arguments);
    std::string query = arguments.name;
    if (query == "-") query.assign(std::istreambuf_iterator<char>(std::cin), {});
    if (arguments.csv) {
        print_as_csv(ledger, query);
    } else if (arguments.json) {
        print_as_json(ledger, query);
    } else {
        print_as_table(ledger, query);
    }
    return 0;
}
