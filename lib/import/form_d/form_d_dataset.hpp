// The SEC's quarterly Form D data set: six tables of tab-separated values, read into the fields of the XML
// notices.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "import/form_d/form_d_reader.hpp"
#include "postmoney/value/error.hpp"

namespace postmoney::detail {

class FormDDataset {
  public:
    // The table that a file holds, by its name: "ISSUERS.tsv"; empty when it is none of the six.
    [[nodiscard]] static std::string table_of(std::string_view file_name);

    // Takes the text of one table. Throws missing-field for a table without the key column, bad-text for
    // invalid UTF-8, file-exists for a table that was added before.
    void add(const std::string& table, std::string file, std::string text);

    // The files of the tables that are not there and may be missing. Throws no-such-file when another one is.
    [[nodiscard]] std::vector<std::string> check_tables() const;
    // The number of rows of the table FORMDSUBMISSION; each is a filing.
    [[nodiscard]] std::size_t size() const;
    // The filing of a row; none when the row is the same as an earlier one. Throws for a value that cannot be
    // read, with its file and line.
    [[nodiscard]] std::optional<FormD> filing(std::size_t row) const;
    // Calls for each row, in any of the tables, that belongs to no filing.
    void for_each_stray(const std::function<void(const Error&)>& refused) const;

    [[nodiscard]] bool empty() const noexcept { return tables_.empty(); }

  private:
    struct Row {
        std::uint64_t line;
        std::vector<std::string_view> cells;
    };
    struct Table {
        std::string file;
        std::string text;  // the cells point into it
        std::map<std::string, std::size_t, std::less<>> columns;
        std::vector<Row> rows;
        std::multimap<std::string_view, std::size_t> by_accession;
    };

    [[nodiscard]] const Table& submissions() const { return tables_.find("FORMDSUBMISSION")->second; }
    [[nodiscard]] static std::string_view cell(const Table& table, const Row& row, std::string_view column);
    static void check_cells(const Table& table, const Row& row);
    static void add_row(const Table& table, const Row& row, std::string_view name, const std::string& prefix,
                        FormDFields& fields);
    void add_rows(std::string_view accession, std::string_view name, FormDFields& fields) const;
    [[nodiscard]] FormD filing_of(const Row& row) const;

    std::map<std::string, Table, std::less<>> tables_;
};

// `DD-MON-YYYY` or `DD-MON-YY` (two digits below 70 mean this century) as `YYYY-MM-DD`; other text unchanged.
[[nodiscard]] std::string dataset_date(std::string_view text);

}  // namespace postmoney::detail
