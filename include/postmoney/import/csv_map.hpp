// CsvMap: what the columns of somebody's table mean, so that its rows can become entries. It is JSON on disk.
//
//   const CsvMap ready = built_in_map("rounds");  // company, date, series, amount, currency, investors
//   const CsvMap own = read_csv_map(R"({"table": "companies", "columns": {"company": "Startup"}})");
//   std::ifstream file("table.csv", std::ios::binary);
//   const CsvSample sample = read_csv_sample(file, "table.csv");
//   propose_map(sample.header, sample.rows);      // a map to start from, with what was found in each column
//
// examples/README.md describes the JSON. Nothing here knows a database.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "postmoney/fact/source.hpp"
#include "postmoney/import/csv_values.hpp"
#include "postmoney/value/detail/compiled.hpp"
#include "postmoney/value/detail/words.hpp"

namespace POSTMONEY_NAMESPACE {

// What one row of the table is.
enum class CsvTable : std::uint8_t {
    rounds,       // a round, with its investors in one cell
    investments,  // one investor's part in a round
    companies     // a company
};

enum class CsvEncoding : std::uint8_t { utf8, latin1, windows1252 };

enum class ZeroAmount : std::uint8_t { undisclosed, disclosed };

struct CsvMap {
    CsvTable table = CsvTable::rounds;
    // Of the cells, unless the file begins with the byte-order mark of UTF-8 or UTF-16.
    CsvEncoding encoding = CsvEncoding::utf8;
    char delimiter = ',';
    // The source that the rows' entries name, unless a row names one. Without an id, the file's name is its
    // id.
    Source source = {.id = {}, .type = SourceType::database};
    // From the field of an entry, in the words of the facts file, to the heading of its column. csv_fields
    // lists the fields.
    std::map<std::string, std::string> columns = {};
    // Fields that a table may have no column for.
    std::vector<std::string> optional = {};
    // The fields that make up a round's handle; by default company, name and date, as far as a row has them.
    std::vector<std::string> handle = {};
    // Whether a round stands in a row for each of its investors, with its amount in each of them.
    bool investor_rows = false;
    // How amounts are written. `unit` and `zero_is_disclosed` are the members `units` and `zero` below.
    AmountRules amounts = {};
    // By field: the currency of all its amounts, whatever the row's.
    std::map<std::string, std::string> currencies = {};
    // What the numbers of a field count in.
    std::map<std::string, AmountUnit> units = {};
    ZeroAmount zero = ZeroAmount::undisclosed;
    // The formats of the dates; see read_csv_date.
    std::vector<std::string> date_formats = {};
    // The first of the two digits for a year that mean 19..; see read_csv_date.
    std::optional<int> century_turn = {};
    // By field: what a cell's text is to be read as.
    std::map<std::string, std::map<std::string, std::string>> words = {};
    // By heading: the cells of rows that are left out.
    std::map<std::string, std::vector<std::string>> skip = {};
    // Cells that say nothing, besides those that are known.
    std::vector<std::string> blank = {};
    // Names in lists of investors that are none, besides those that are known.
    std::vector<std::string> not_investors = {};
    // The texts between the names in a cell of several.
    std::vector<std::string> separator = {","};
};

struct CsvField {
    std::string_view name;
    bool required = false;
    std::string_view says;  // for the manual
};

// The fields that the columns of such a table can hold.
[[nodiscard]] POSTMONEY_EXPORT std::span<const CsvField> csv_fields(CsvTable table) noexcept;

// The members of a map's JSON, with what each says, for the manual.
struct CsvMapMember {
    std::string name;
    std::string_view says;
};
[[nodiscard]] POSTMONEY_EXPORT std::vector<CsvMapMember> csv_map_members();

// The map in a JSON text. `name` is the file's, for errors. Throws bad-json, bad-type, unknown-field,
// duplicate-field, missing-field, and as each value's reader.
[[nodiscard]] POSTMONEY_EXPORT CsvMap read_csv_map(std::string_view json, std::string_view name = {});

// The map as JSON, which read_csv_map reads back.
[[nodiscard]] POSTMONEY_EXPORT std::string to_json(const CsvMap& map);

// A ready map: "rounds", "investments" or "companies". Throws bad-word.
[[nodiscard]] POSTMONEY_EXPORT CsvMap built_in_map(std::string_view name);
[[nodiscard]] POSTMONEY_EXPORT bool is_built_in_map(std::string_view name) noexcept;

// The beginning of a table.
struct CsvSample {
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;
    char delimiter = ',';                      // comma, semicolon or tab: whichever makes the most columns
    CsvEncoding encoding = CsvEncoding::utf8;  // windows1252 when the bytes are not UTF-8
};

// Reads the header and the first rows, at most a megabyte. `name` is the file's, for errors. Throws bad-text
// for a file that is not CSV, missing-field for an empty file.
[[nodiscard]] POSTMONEY_EXPORT CsvSample read_csv_sample(std::istream& csv, std::string_view name,
                                                         std::size_t rows = 1000);

// A map that could fit, and what was found in each column.
struct CsvProposal {
    struct Column {
        std::string heading;
        std::string field;  // empty: left out
        std::vector<std::string> first_values;
        std::map<std::string, std::int64_t>
            amount_styles;                      // of a column of amounts: the number of cells by style
        std::vector<std::string> date_formats;  // of a column of dates: the formats that read the most cells
        std::vector<std::string> as_read;       // first_values as the map reads them, `?` for what it refuses
    };

    // Whether the map can be used: not when no heading names a company, nor when the rows can be read in two
    // ways that have other totals.
    bool complete = true;
    CsvMap map = {};  // what is known of it, when it is not complete
    std::vector<Column> columns = {};
    std::vector<std::string> unused = {};   // the headings of columns that the map does not use
    std::vector<std::string> remarks = {};  // what to check before using the map, a sentence each
};

// Proposes a map by the headings and the first values. Throws unknown-kind for a table of acquisitions.
[[nodiscard]] POSTMONEY_EXPORT CsvProposal propose_map(std::span<const std::string> header,
                                                       std::span<const std::vector<std::string>> rows);
[[nodiscard]] POSTMONEY_EXPORT CsvProposal propose_map(const CsvSample& sample);

template <>
struct detail::Words<CsvTable> {
    static constexpr std::array<std::string_view, 3> values{"rounds", "investments", "companies"};
};

template <>
struct detail::Words<CsvEncoding> {
    static constexpr std::array<std::string_view, 3> values{"utf-8", "latin-1", "windows-1252"};
};

template <>
struct detail::Words<ZeroAmount> {
    static constexpr std::array<std::string_view, 2> values{"undisclosed", "disclosed"};
};

}  // namespace POSTMONEY_NAMESPACE
