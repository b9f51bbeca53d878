// The SQL functions. The first line names one; each line after it is an argument: `null`, an integer, a blob
// after `blob:`, or text.
#include <sqlite3.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <vector>

#include "fuzz_input.hpp"
#include "sql/sql_functions.hpp"

namespace {

constexpr std::size_t most_arguments = 8;

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    for (;;) {
        const std::size_t end = text.find('\n');
        lines.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return lines;
        text.remove_prefix(end + 1);
    }
}

sqlite3* database() {
    static sqlite3* const opened = [] {
        sqlite3* handle = nullptr;
        fuzz::expect(sqlite3_open(":memory:", &handle) == SQLITE_OK, "a database in memory opens");
        fuzz::expect(postmoney::detail::register_sql_functions(
                         handle, postmoney::detail::SqlCallers::anyone) == SQLITE_OK,
                     "the functions are registered");
        return handle;
    }();
    return opened;
}

void bind(sqlite3_stmt* statement, int index, std::string_view argument) {
    std::int64_t number = 0;
    const char* const end = argument.data() + argument.size();
    const auto read = std::from_chars(argument.data(), end, number);
    const auto size = static_cast<int>(argument.size());
    if (argument == "null") {
        sqlite3_bind_null(statement, index);
    } else if (!argument.empty() && read.ec == std::errc() && read.ptr == end) {
        sqlite3_bind_int64(statement, index, number);
    } else if (argument.starts_with("blob:")) {
        sqlite3_bind_blob(statement, index, argument.data() + 5, size - 5, SQLITE_STATIC);
    } else {
        sqlite3_bind_text(statement, index, argument.data(), size, SQLITE_STATIC);
    }
}

// The rows of a query, a line each; null when it is refused.
std::optional<std::string> answer(const std::string& sql, const std::vector<std::string_view>& arguments) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(database(), sql.c_str(), -1, &statement, nullptr) != SQLITE_OK)
        return std::nullopt;
    for (std::size_t i = 0; i < arguments.size(); ++i) bind(statement, static_cast<int>(i) + 1, arguments[i]);
    std::string text;
    int result = sqlite3_step(statement);
    for (; result == SQLITE_ROW; result = sqlite3_step(statement)) {
        const auto* const bytes = static_cast<const char*>(sqlite3_column_blob(statement, 0));
        const int size = sqlite3_column_bytes(statement, 0);
        if (bytes != nullptr) text.append(bytes, static_cast<std::size_t>(size));
        text += '\n';
    }
    sqlite3_finalize(statement);
    fuzz::expect(result == SQLITE_DONE || result == SQLITE_ERROR || result == SQLITE_TOOBIG,
                 "a function answers or refuses");
    return result == SQLITE_DONE ? std::optional(text) : std::nullopt;
}

// "?1, ?2", each within `open` and `close`.
std::string parameters(std::size_t count, const std::string& open = "", const std::string& close = "") {
    std::string text;
    for (std::size_t i = 1; i <= count; ++i) {
        text += i == 1 ? "" : ", ";
        text += open + "?" + std::to_string(i) + close;
    }
    return text;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::vector<std::string_view> arguments = lines_of(fuzz::text_of(data, size));
    const std::string name(arguments.front());
    arguments.erase(arguments.begin());
    if (arguments.size() > most_arguments) arguments.resize(most_arguments);
    const bool is_name =
        !name.empty() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos;
    if (!is_name || arguments.empty()) return 0;

    const std::string call = "SELECT " + name + "(" + parameters(arguments.size()) + ")";
    const auto first = answer(call, arguments);
    fuzz::expect(answer(call, arguments) == first, "a function gives the same again");
    // Written out, 1e1000000 has more digits than a text may.
    const bool is_short = first && first->size() <= 100'000;
    if (is_short && name.starts_with("decimal") && name != "decimal_cmp" && *first != "\n") {
        std::string_view number = *first;
        number.remove_suffix(1);
        fuzz::expect(answer("SELECT decimal(?1)", {number}) == first, "a decimal is its own text");
    }
    // The same values as rows of an aggregate, of a moving window, and in the order of the collation.
    const std::string rows =
        " FROM (WITH v(x) AS (VALUES " + parameters(arguments.size(), "(", ")") + ") SELECT x FROM v)";
    static_cast<void>(answer("SELECT " + name + "(x)" + rows, arguments));
    static_cast<void>(answer("SELECT " + name + "(x) OVER (ROWS 1 PRECEDING)" + rows, arguments));
    static_cast<void>(answer("SELECT x" + rows + " ORDER BY x COLLATE decimal", arguments));
    return 0;
}
