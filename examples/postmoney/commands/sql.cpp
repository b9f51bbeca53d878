#include <fmt/core.h>

#include <array>
#include <charconv>
#include <cmath>
#include <iostream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <variant>

#include "command.hpp"
#include "csv.hpp"
#include "json.hpp"
#include "open_ledger.hpp"
#include "table.hpp"

using namespace postmoney;

namespace {

[[nodiscard]] std::string hex(const SqlBlob& blob) {
    std::string text;
    for (const std::uint8_t byte : blob.bytes) text += fmt::format("{:02x}", byte);
    return text;
}

// The shortest text that is read back as the same float, and that nobody takes for an integer, as in the
// sqlite3 shell: 3.0, and with an exponent where a float has no digit behind the point, so that it may be a
// number that was rounded.
[[nodiscard]] std::string float_text(double value) {
    constexpr double exact_integers = 9007199254740992.0;  // 2^53
    std::array<char, 32> digits;                           // the text of any double is shorter
    char* const end = digits.data() + digits.size();
    const bool is_beyond = std::isfinite(value) && std::abs(value) >= exact_integers;
    const auto written = is_beyond ? std::to_chars(digits.data(), end, value, std::chars_format::scientific)
                                   : std::to_chars(digits.data(), end, value);
    std::string text(digits.data(), written.ptr);
    if (text.find_first_not_of("-0123456789") == std::string::npos) text += ".0";
    return text;
}

// NULL is empty, a blob is written in hexadecimal digits.
[[nodiscard]] std::string cell_text(const SqlCell& cell) {
    if (const auto* number = std::get_if<std::int64_t>(&cell)) return std::to_string(*number);
    if (const auto* fraction = std::get_if<double>(&cell)) return float_text(*fraction);
    if (const auto* text = std::get_if<std::string_view>(&cell)) return std::string(*text);
    if (const auto* blob = std::get_if<SqlBlob>(&cell)) return hex(*blob);
    return {};
}

[[nodiscard]] Json cell_json(const SqlCell& cell) {
    if (const auto* number = std::get_if<std::int64_t>(&cell)) return *number;
    if (const auto* fraction = std::get_if<double>(&cell)) return *fraction;
    if (std::holds_alternative<std::monostate>(cell)) return nullptr;
    return cell_text(cell);
}

[[nodiscard]] std::vector<std::string> texts_of(std::span<const SqlCell> cells) {
    std::vector<std::string> texts;
    for (const SqlCell& cell : cells) texts.push_back(cell_text(cell));
    return texts;
}

void print_as_csv(const Ledger& ledger, const std::string& query) {
    ledger.query(query, {.columns =
                             [](std::span<const std::string_view> names) {
                                 print_csv_row(std::vector<std::string>(names.begin(), names.end()));
                             },
                         .row = [](std::span<const SqlCell> cells) { print_csv_row(texts_of(cells)); }});
}

// The names of the columns, which must differ to be keys of an object.
[[nodiscard]] std::vector<std::string> keys_of(std::span<const std::string_view> names) {
    std::set<std::string_view> seen;
    for (const std::string_view name : names) {
        if (!seen.insert(name).second)
            throw Error::refused(ErrorCode::bad_sql, name, "columns of different names; use AS");
    }
    return {names.begin(), names.end()};
}

void print_as_json(const Ledger& ledger, const std::string& query) {
    std::vector<std::string> keys;
    Json rows = Json::array();
    ledger.query(query, {.columns = [&](std::span<const std::string_view> names) { keys = keys_of(names); },
                         .row =
                             [&](std::span<const SqlCell> cells) {
                                 Json row = Json::object();
                                 for (std::size_t i = 0; i < keys.size(); ++i)
                                     row[keys[i]] = cell_json(cells[i]);
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

class SqlCommand final : public Command {
  public:
    void declare(CommandParser& parser) override {
        parser.argument("QUERY", query_);
        parser.flag("--csv", csv_);
    }

    int run(const ProgramOptions& program) const override {
        if (program.json && csv_) throw Error(ErrorCode::misuse, "give --json or --csv, not both");
        const Ledger ledger = open_to_read(program);
        std::string query = query_;
        if (query == "-") query.assign(std::istreambuf_iterator<char>(std::cin), {});
        if (csv_) {
            print_as_csv(ledger, query);
        } else if (program.json) {
            print_as_json(ledger, query);
        } else {
            print_as_table(ledger, query);
        }
        return 0;
    }

  private:
    std::string query_;
    bool csv_ = false;
};

}  // namespace

std::unique_ptr<Command> make_sql() {
    return std::make_unique<SqlCommand>();
}
