// List: the rows of a list, printed as a table, as CSV or as JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "command.hpp"

// What the cells of a column are in JSON. An empty cell is null in all.
enum class CellType : std::uint8_t {
    text,
    number,  // a whole number
    yes_no,  // "yes" or "no", printed as true and false
    several  // texts with "; " between them: an array, which is empty for an empty cell
};

struct ListColumn {
    std::string heading;
    CellType type = CellType::text;
    std::string null_text = {};  // what a cell says that is null in JSON

    // The heading as a key of JSON and a name of CSV: with underscores for blanks.
    [[nodiscard]] std::string key() const;
};

// --csv, beside the --json of every command.
class ListOptions {
  public:
    void declare(CommandParser& parser) { parser.flag("--csv", csv_); }

    // Throws misuse when both are given.
    [[nodiscard]] bool csv(const ProgramOptions& program) const;

  private:
    bool csv_ = false;
};

class List {
  public:
    explicit List(std::vector<ListColumn> columns) : columns_(std::move(columns)) {}

    // As many cells as there are columns.
    void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }

    // The rows as the options ask for them: JSON, an array of objects; CSV with a line of names; or a table,
    // and `if_empty` instead of one without rows.
    void print(const ProgramOptions& program, const ListOptions& options, std::string_view if_empty) const;

  private:
    void print_json() const;
    void print_csv() const;
    void print_table() const;

    std::vector<ListColumn> columns_;
    std::vector<std::vector<std::string>> rows_;
};

// What a cell says of a value that may not be there.
template <class T>
[[nodiscard]] std::string cell(const std::optional<T>& value) {
    if (!value) return {};
    if constexpr (postmoney::detail::Worded<T>) {
        return std::string(to_string(*value));
    } else if constexpr (std::is_same_v<T, std::string>) {
        return *value;
    } else if constexpr (std::is_same_v<T, std::int64_t>) {
        return std::to_string(*value);
    } else {
        return value->to_string();
    }
}

// The whole number of an option that is at least 1; null where the option is not given. Throws bad-number,
// naming the option.
[[nodiscard]] std::optional<std::size_t> count_of_option(const std::string& option, const std::string& value);
