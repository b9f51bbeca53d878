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
#include "postmoney/value/detail/words.hpp"

namespace postmoney {

// What one row of the table is.
enum class CsvTable : std::uint8_t {
    rounds,       // a round, with its investors in one cell
    investments,  // one investor's part in a round
    companies     // a company
};

enum class CsvEncoding : std::uint8_t { utf8, latin1 };

struct CsvMap {
    CsvTable table = CsvTable::rounds;
    CsvEncoding encoding = CsvEncoding::utf8;
    char delimiter = ',';
    // The source that the rows' entries name. Without an id, the file's name is its id.
    Source source = {.id = {}, .type = SourceType::database};
    // From the field of an entry, in the words of the facts file, to the heading of its column. csv_fields
    // lists the fields.
    std::map<std::string, std::string> columns = {};
    // Fields that a table may have no column for.
    std::vector<std::string> optional = {};
    // The fields that make up a round's handle; by default company, name and date, as far as a row has them.
    std::vector<std::string> handle = {};
    AmountRules amounts = {};
    // The formats of the dates; see read_csv_date.
    std::vector<std::string> date_formats = {};
    // The text between the names in a cell of several.
    std::string separator = ",";
};

struct CsvField {
    std::string_view name;
    bool required = false;
};

// The fields that the columns of such a table can hold.
[[nodiscard]] std::span<const CsvField> csv_fields(CsvTable table) noexcept;

// The map in a JSON text. `name` is the file's, for errors. Throws bad-json, bad-type, unknown-field,
// duplicate-field, missing-field, and as each value's reader.
[[nodiscard]] CsvMap read_csv_map(std::string_view json, std::string_view name = {});

// The map as JSON, which read_csv_map reads back.
[[nodiscard]] std::string to_json(const CsvMap& map);

// A ready map: "rounds", "investments" or "companies". Throws bad-word.
[[nodiscard]] CsvMap built_in_map(std::string_view name);
[[nodiscard]] bool is_built_in_map(std::string_view name) noexcept;

// The beginning of a table.
struct CsvSample {
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;
    char delimiter = ',';                      // comma, semicolon or tab: whichever makes the most columns
    CsvEncoding encoding = CsvEncoding::utf8;  // latin1 when the bytes are not UTF-8
};

// Reads the header and the first rows, at most a megabyte. `name` is the file's, for errors. Throws bad-text
// for a file that is not CSV, missing-field for an empty file.
[[nodiscard]] CsvSample read_csv_sample(std::istream& csv, std::string_view name, std::size_t rows = 20);

// A map that could fit, and what was found in each column.
struct CsvProposal {
    struct Column {
        std::string heading;
        std::string field;  // empty: left out
        std::vector<std::string> first_values;
        std::map<std::string, std::int64_t>
            amount_styles;                      // of a column of amounts: the number of cells by style
        std::vector<std::string> date_formats;  // of a column of dates: the formats that read the most cells
    };

    CsvMap map;
    std::vector<Column> columns;
    std::vector<std::string> remarks;  // what to check before using the map, a sentence each
};

// Proposes a map by the headings and the first values. Throws unknown-kind for a table of acquisitions, and
// when no heading names a company.
[[nodiscard]] CsvProposal propose_map(std::span<const std::string> header,
                                      std::span<const std::vector<std::string>> rows);
[[nodiscard]] CsvProposal propose_map(const CsvSample& sample);

template <>
struct detail::Words<CsvTable> {
    static constexpr std::array<std::string_view, 3> values{"rounds", "investments", "companies"};
};

template <>
struct detail::Words<CsvEncoding> {
    static constexpr std::array<std::string_view, 2> values{"utf-8", "latin-1"};
};

}  // namespace postmoney
