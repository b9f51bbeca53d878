// CsvRows: the rows of a table as entries, each row good or refused as a whole. Knows no database.
#pragma once

#include <cstdint>
#include <istream>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "csv_reader.hpp"
#include "postmoney/csv_map.hpp"
#include "postmoney/entry.hpp"
#include "postmoney/error.hpp"
#include "postmoney/facts.hpp"

namespace postmoney::detail {

// A row that was read: its lines of a facts file, in the order in which they are to be recorded.
struct GoodRow {
    std::uint64_t number = 0;
    std::vector<EntryId> ids;
    std::vector<std::string> lines;
};

class CsvRows {
  public:
    // Reads the header. Throws what refuses the table as a whole.
    CsvRows(std::istream& in, std::string_view name, const CsvMap& map, const Currencies& currencies);

    // Reads every row; `good` and `refused` have what became of them.
    void read_all();

    [[nodiscard]] const std::string& source_line() const noexcept { return source_line_; }
    [[nodiscard]] const std::vector<GoodRow>& good() const noexcept { return good_; }
    [[nodiscard]] const std::vector<Error>& refused() const noexcept { return refused_; }
    [[nodiscard]] std::map<std::string, std::map<std::string, std::int64_t>> amount_styles() const;

    // The refusal of a row's entry with the row as its place and the column's heading for the entry's field.
    [[nodiscard]] Error placed(const Error& error, std::uint64_t row) const;

  private:
    using Cells = std::vector<std::string>;

    void find_columns(const std::vector<std::string>& header);
    [[nodiscard]] std::optional<std::size_t> column_of(const std::vector<std::string>& header, const std::string& heading) const;

    [[nodiscard]] GoodRow read_row(const CsvRow& row);
    [[nodiscard]] std::vector<Entry> entries_of(const Cells& cells);
    [[nodiscard]] Entry company_entry(const Cells& cells);
    [[nodiscard]] Entry round_entry(const Cells& cells);
    [[nodiscard]] std::string handle_of(const RoundStatement& round, const Cells& cells);

    [[nodiscard]] std::string text(const Cells& cells, const std::string& field) const;
    [[nodiscard]] std::optional<std::string> optional_text(const Cells& cells, const std::string& field) const;
    [[nodiscard]] std::string required_text(const Cells& cells, const std::string& field) const;
    [[nodiscard]] std::vector<std::string> names(const Cells& cells, const std::string& field) const;
    [[nodiscard]] std::optional<PartialDate> date(const Cells& cells, const std::string& field) const;
    // The amount, and the cell's own words for it.
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
    FactsReader facts_;
    std::size_t width_ = 0;
    std::map<std::string, std::size_t> columns_;      // from field to the cell's place
    std::map<std::string, std::string> headings_;     // from field to the heading as the table has it
    std::string source_id_;
    std::string source_line_;
    std::map<std::string, StyleCounts> styles_;       // by heading
    std::vector<GoodRow> good_;
    std::vector<Error> refused_;
};

}  // namespace postmoney::detail
