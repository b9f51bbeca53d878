// CsvRows: turns the rows of a table into entries, one row at a time. It knows no database.
#pragma once

#include <cstdint>
#include <istream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/csv/csv_reader.hpp"
#include "postmoney/fact/entry.hpp"
#include "postmoney/import/csv_map.hpp"
#include "postmoney/value/error.hpp"

namespace postmoney::detail {

class CsvRows {
  public:
    // Reads the header. Throws when the table as a whole is refused.
    CsvRows(std::istream& in, std::string_view name, const CsvMap& map, const Currencies& currencies);

    // The source that every entry names.
    [[nodiscard]] Entry source() const;

    // Moves on to the next row; false after the last. Throws when the table as a whole is refused.
    bool next() { return reader_.next(row_); }
    // The entries of the row. Throws when the row is refused, and names the field.
    [[nodiscard]] std::vector<Entry> entries();
    // The refusal of one of the row's entries, with the row as its place and the column's heading as its
    // field.
    [[nodiscard]] Error placed(const Error& error) const;

    [[nodiscard]] std::map<std::string, std::map<std::string, std::int64_t>> amount_styles() const;

  private:
    using Cells = std::vector<std::string>;

    void find_columns(const std::vector<std::string>& header);
    [[nodiscard]] std::optional<std::size_t> column_of(const std::vector<std::string>& header,
                                                       const std::string& heading) const;

    [[nodiscard]] Entry company_entry(const Cells& cells);
    [[nodiscard]] Entry round_entry(const Cells& cells);
    [[nodiscard]] std::string handle_of(const RoundStatement& round, const Cells& cells);

    [[nodiscard]] std::string text(const Cells& cells, const std::string& field) const;
    [[nodiscard]] std::optional<std::string> optional_text(const Cells& cells,
                                                           const std::string& field) const;
    [[nodiscard]] std::string required_text(const Cells& cells, const std::string& field) const;
    [[nodiscard]] std::vector<std::string> names(const Cells& cells, const std::string& field) const;
    [[nodiscard]] std::optional<PartialDate> date(const Cells& cells, const std::string& field) const;
    // The amount, and the text of its cell.
    void amount(const Cells& cells, const std::string& field, std::optional<Amount>& amount,
                std::optional<std::string>& as_written);
    [[nodiscard]] std::optional<Currency> row_currency(const Cells& cells) const;
    template <class Enum>
    [[nodiscard]] std::optional<Enum> word(const Cells& cells, const std::string& field) const;

    struct StyleCounts {
        std::map<AmountStyle, std::int64_t> counts;
        std::int64_t fits_indian = 0;  // among the thousands
    };

    CsvReader reader_;
    std::string name_;
    const CsvMap* map_;
    const Currencies* currencies_;
    CsvRow row_;
    std::size_t width_ = 0;
    std::map<std::string, std::size_t> columns_;   // from field to the cell's place
    std::map<std::string, std::string> headings_;  // from field to the heading as the table has it
    std::string source_id_;
    std::map<std::string, StyleCounts> styles_;  // by heading
};

}  // namespace postmoney::detail
