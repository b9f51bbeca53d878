// CsvRows: turns the rows of a table into entries, one row at a time. It knows no database.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <istream>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/csv/csv_reader.hpp"
#include "base/sha256.hpp"
#include "import/csv/csv_cells.hpp"
#include "import/csv/csv_columns.hpp"
#include "postmoney/fact/entry.hpp"
#include "postmoney/import/csv_import.hpp"
#include "postmoney/import/csv_map.hpp"
#include "postmoney/value/error.hpp"

namespace postmoney::detail {

// What of a ledger the rows of a table depend on.
struct CsvContext {
    Currencies currencies = {};
    // Names that hold a separator of names.
    std::set<std::string, std::less<>> names = {};
    // Of the parties that have several names, each name with its party. Only where a row is an investment.
    std::map<std::string, std::int64_t, std::less<>> parties = {};
    // Schemes of the ids on record.
    std::set<std::string, std::less<>> schemes = {};
};

class CsvRows {
  public:
    // Reads the header. Throws when the table as a whole is refused.
    CsvRows(std::istream& in, std::string_view name, const CsvMap& map, CsvContext context);

    // The source that every entry names, unless its row does.
    [[nodiscard]] Entry source() const;

    // Moves on to the next row that is not left out; false after the last. Throws when the table as a whole
    // is refused.
    bool next();
    // The entries of the row. Throws when the row is refused, and names the field.
    [[nodiscard]] std::vector<Entry> entries();
    // The number of the row; the header is row 1.
    [[nodiscard]] std::uint64_t number() const noexcept { return row_.number; }
    // The refusal of one of that row's entries, with the row as its place and the column's heading as its
    // field. Reads nothing that changes with the rows, so that another thread may ask.
    [[nodiscard]] Error placed(const Error& error, std::uint64_t number) const;

    // What the rows so far add to the report, besides their number.
    void add_to(CsvReport& report) const;
    [[nodiscard]] std::uint64_t bytes_read() const noexcept { return reader_.bytes_read(); }
    [[nodiscard]] const Currencies& currencies() const noexcept { return context_.currencies; }

  private:
    // What an earlier row said of a round.
    struct EarlierRow {
        std::string raised;
        std::uint64_t row = 0;
    };

    // What an earlier row said of an investor's part in a round.
    struct EarlierPart {
        std::string amount;
        std::string shares;
        std::uint64_t row = 0;
    };
    // 128 bits of a hash, which tell parts apart in less memory than their names.
    using PartKey = std::array<std::uint64_t, 2>;
    struct HashOfKey {
        std::size_t operator()(const PartKey& key) const noexcept { return key[0]; }
    };

    [[nodiscard]] static CsvRow header_of(CsvReader& reader, std::string_view name, const CsvMap& map);
    [[nodiscard]] static CsvColumns columns_of(const CsvRow& header, std::string_view name,
                                               const CsvMap& map);
    [[nodiscard]] std::optional<ColumnMarks> marks_of(const CsvColumn& column) const;

    void add_row_source(std::vector<Entry>& entries);
    void add_company(std::vector<Entry>& entries);
    void add_round(std::vector<Entry>& entries);
    void add_amounts(Entry& entry, RoundStatement& round);
    void add_raised(Entry& entry, RoundStatement& round);
    void add_valuation(std::vector<Entry>& entries, CsvFieldId field, ValuationBasis basis,
                       const RoundStatement& round);
    void add_company_figures(std::vector<Entry>& entries, const std::string& company);
    void add_investors(std::vector<Entry>& entries, const RoundStatement& round,
                       const ListedNames& investors);
    void add_investment(std::vector<Entry>& entries, const RoundStatement& round);
    // The parties of the names with a colon that are no ids.
    void add_names(std::vector<Entry>& entries) const;
    void add(std::vector<Entry>& entries, EntryContent content,
             std::optional<std::string> as_written = {}) const;

    [[nodiscard]] std::optional<Instrument> instrument();
    [[noreturn]] void refuse_open(CsvFieldId field) const;
    void refuse_no_lead(const std::string& name) const;
    void refuse_closing(const RoundStatement& round) const;
    void refuse_other_amount(const RoundStatement& round);
    void refuse_other_part(const Participation& part);
    [[nodiscard]] std::string handle_of(const RoundStatement& round) const;
    [[nodiscard]] PartialDate day_of(std::string_view what, std::optional<PartialDate> date) const;

    std::istream* in_;
    std::istream::pos_type start_;
    std::string name_;
    const CsvMap* map_;
    CsvContext context_;
    CsvReader reader_;
    CsvRow row_;  // the header first
    CsvColumns columns_;
    CsvCells cells_;
    std::string source_id_;
    std::string row_source_;
    std::int64_t skipped_ = 0;
    std::map<std::string, std::int64_t> inferred_;
    std::int64_t usd_disagreements_ = 0;
    std::vector<CsvDisagreement> first_disagreements_;
    std::unordered_map<std::string, EarlierRow> earlier_;        // by handle; kept only with investor_rows
    std::unordered_map<PartKey, EarlierPart, HashOfKey> parts_;  // kept only of investments
    Sha256 hash_;
};

}  // namespace postmoney::detail
