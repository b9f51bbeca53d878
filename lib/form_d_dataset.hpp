// The SEC's quarterly Form D data set: six tables of tab-separated values, read into the fields of the XML
// notices.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "form_d_reader.hpp"
#include "postmoney/error.hpp"

namespace postmoney::detail {

class FormDDataset {
  public:
    // The table that a file is of, by its name: "ISSUERS.tsv"; empty when it is none of the six.
    [[nodiscard]] static std::string table_of(std::string_view file_name);

    // Takes the text of one table. Throws missing-field for a table without the key column, bad-text for
    // invalid UTF-8, file-exists for a table that is there already.
    void add(const std::string& table, std::string file, std::string text);

    // Calls for each filing of the FORMDSUBMISSION table, in its order. A row that cannot be read goes to
    // `refused`, with its file and line, and its filing is left out; so does a row of no filing. Throws
    // no-such-file unless all six are there.
    void for_each_filing(const std::function<void(const FormD&)>& filing,
                         const std::function<void(const Error&)>& refused) const;

    [[nodiscard]] bool empty() const noexcept { return tables_.empty(); }

  private:
    struct Row {
        std::uint64_t line;
        std::vector<std::string_view> cells;
    };
    struct Table {
        std::string file;
        std::string text;  // that the cells point into
        std::map<std::string, std::size_t, std::less<>> columns;
        std::vector<Row> rows;
        std::multimap<std::string_view, std::size_t> by_accession;
    };

    [[nodiscard]] static std::string_view cell(const Table& table, const Row& row, std::string_view column);
    static void check_cells(const Table& table, const Row& row);
    static void add_row(const Table& table, const Row& row, std::string_view name, const std::string& prefix,
                        FormDFields& fields);
    void check_tables() const;
    void add_rows(std::string_view accession, std::string_view table, FormDFields& fields) const;
    [[nodiscard]] FormD filing_of(const Table& submissions, const Row& row) const;

    std::map<std::string, Table, std::less<>> tables_;
};

// `DD-MON-YYYY` or `DD-MON-YY` (two digits below 70 are of this century) as `YYYY-MM-DD`; other text
// unchanged.
[[nodiscard]] std::string dataset_date(std::string_view text);

}  // namespace postmoney::detail
