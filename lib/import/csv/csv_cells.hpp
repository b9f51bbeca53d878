// CsvCells: the cells of one row of a table, read by field. Each reader's errors name the field.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/csv/csv_reader.hpp"
#include "import/csv/csv_columns.hpp"
#include "import/csv/csv_names.hpp"
#include "postmoney/import/csv_map.hpp"

namespace postmoney::detail {

// An amount with the text of its cell.
struct WrittenAmount {
    std::optional<Amount> amount;
    std::optional<std::string> as_written;
};

// A price with the currency that its cell, its column or its row names.
struct WrittenPrice {
    Decimal number;
    std::optional<Currency> currency;
};

// Names that a cell lists, and what in it is none.
struct ListedNames {
    std::vector<std::string> names;
    std::vector<std::string> leads;  // of these, those of which the cell says that they led
    std::string placeholders;
};

// The marks that the numbers of a column have before their decimals.
struct ColumnMarks {
    bool point = false;
    bool comma = false;

    void add(std::string_view cell, const AmountRules& rules);
};
// Reads the whole column at that place for its marks; null when the file can be read only once.
using ReadMarks = std::function<std::optional<ColumnMarks>(const CsvColumn&)>;

class CsvCells {
  public:
    CsvCells(const CsvMap& map, CsvColumns& columns, const Currencies& currencies, NameOnRecord on_record,
             ReadMarks read_marks);

    // The cells are not copied. `is_utf8`: whatever the map says of the encoding.
    void set_row(const CsvRow& row, bool is_utf8) {
        row_ = &row;
        is_utf8_ = is_utf8;
    }

    [[nodiscard]] bool has(CsvFieldId field) const { return columns_->find(field) != nullptr; }
    // The cell as it is, in UTF-8, trimmed, and where it holds words without characters that show nothing;
    // empty without a column.
    [[nodiscard]] std::string raw(CsvFieldId field) const;
    // The cell, or the word that the map has for it.
    [[nodiscard]] std::string text(CsvFieldId field) const;
    [[nodiscard]] std::optional<std::string> optional_text(CsvFieldId field) const;
    // A company's name. Throws missing-field for a cell without one, and for the sum of a table's rows.
    [[nodiscard]] std::string required_name(CsvFieldId field) const;
    [[nodiscard]] ListedNames names(CsvFieldId field) const;
    // The row's one investor. Throws as required_name, and bad-text for a number.
    [[nodiscard]] NamedInvestor investor() const;
    [[nodiscard]] std::optional<PartialDate> date(CsvFieldId field) const;
    [[nodiscard]] WrittenAmount amount(CsvFieldId field);
    [[nodiscard]] std::optional<std::int64_t> count(CsvFieldId field);
    [[nodiscard]] std::optional<Decimal> number(CsvFieldId field);
    [[nodiscard]] std::optional<WrittenPrice> price(CsvFieldId field);
    [[nodiscard]] std::optional<Currency> currency(CsvFieldId field) const;
    // The currency of a column's amounts in this row: the column's own, else the row's.
    [[nodiscard]] std::optional<Currency> currency_of_column(CsvFieldId field) const;
    // Yes, no or neither: null.
    [[nodiscard]] std::optional<bool> yes(CsvFieldId field) const;
    template <class Enum>
    [[nodiscard]] std::optional<Enum> word(CsvFieldId field) const;
    // Whether the map has a word for the field's cell.
    [[nodiscard]] bool is_translated(CsvFieldId field) const;

    // Whether the map leaves the row out.
    [[nodiscard]] bool is_skipped() const;

    // For each column of amounts, the number of cells of each style.
    [[nodiscard]] std::map<std::string, std::map<std::string, std::int64_t>> amount_styles() const;
    [[nodiscard]] std::int64_t zeros() const;

  private:
    struct Styles {
        std::array<std::int64_t, Words<AmountStyle>::values.size()> counts{};
        std::int64_t fits_indian = 0;  // among the thousands
        bool mixed = false;            // other cells of the column have both marks
        bool settled = false;          // it was tried to read them for it
        bool read = false;             // they were
    };

    [[nodiscard]] std::string cell_at(std::size_t place) const;
    [[nodiscard]] std::string blankless(CsvFieldId field) const;
    [[nodiscard]] NamedInvestor investor_in(CsvFieldId field, std::string_view name) const;
    [[nodiscard]] Decimal number_in(CsvFieldId field, std::string_view cell);
    [[nodiscard]] Currency currency_beside(CsvFieldId field, std::string_view cell, const std::string& text,
                                           const std::optional<Currency>& row) const;
    [[nodiscard]] Currency named_currency(const std::string& cell) const;
    void refuse_small(CsvFieldId field, const AmountRules& rules, const Amount& amount,
                      std::string_view cell) const;
    void settle_mark(CsvColumn& column, Styles& styles, std::string_view cell);

    const CsvMap* map_;
    CsvColumns* columns_;
    const Currencies* currencies_;
    // In units of a currency of its own, an amount is a number.
    Currencies number_units_;
    NameOnRecord on_record_;
    ReadMarks read_marks_;
    std::vector<std::string> separators_;  // between names
    const CsvRow* row_ = nullptr;
    bool is_utf8_ = false;
    std::array<const std::map<std::string, std::string>*, field_rows.size()> words_{};
    std::array<Styles, field_rows.size()> styles_{};
};

}  // namespace postmoney::detail
