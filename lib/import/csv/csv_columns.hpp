// CsvColumns: where in a table's rows each field stands.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "import/csv/csv_fields.hpp"
#include "postmoney/import/csv_map.hpp"

namespace postmoney::detail {

struct CsvColumn {
    std::size_t place = 0;  // of the cell in its row
    std::string heading;    // as the table has it
    AmountRules rules;      // of a column of numbers
    // The currency of all its amounts.
    std::optional<std::string> currency = {};
    // The currencies that its heading can mean, one of which the row has to name; empty: any.
    std::string may_be = {};
};

// A column whose cells can say that their row is left out.
struct CsvSkip {
    std::size_t place = 0;
    std::vector<std::string> cells;
};

class CsvColumns {
  public:
    // Throws missing-field for a column that the header lacks, and for one of amounts whose heading counts in
    // a unit that the map does not say; duplicate-field.
    CsvColumns(const std::vector<std::string>& header, const CsvMap& map);

    [[nodiscard]] const CsvColumn* find(CsvFieldId field) const noexcept {
        const auto& column = columns_[static_cast<std::size_t>(field)];
        return column ? &*column : nullptr;
    }
    [[nodiscard]] CsvColumn* find(CsvFieldId field) noexcept {
        auto& column = columns_[static_cast<std::size_t>(field)];
        return column ? &*column : nullptr;
    }
    // The heading of the field with this name; the name itself when it has no column.
    [[nodiscard]] std::string heading_of(std::string_view field) const;
    [[nodiscard]] const std::vector<CsvSkip>& skips() const noexcept { return skips_; }
    // The headings that no member of the map names.
    [[nodiscard]] std::vector<std::string> unused() const;
    [[nodiscard]] std::size_t width() const noexcept { return header_.size(); }

  private:
    [[nodiscard]] std::optional<std::size_t> place_of(const std::string& heading) const;
    [[nodiscard]] std::size_t needed_place(const std::string& heading, const std::string& user) const;
    void add(const std::string& field, std::size_t place, const CsvMap& map);

    std::vector<std::string> header_;
    std::array<std::optional<CsvColumn>, field_rows.size()> columns_;
    std::vector<CsvSkip> skips_;
    std::vector<bool> used_;
};

}  // namespace postmoney::detail
