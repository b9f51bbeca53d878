// The schema of a ledger for PostgreSQL, as the schema of the file gives it: the same tables, columns,
// indexes and views under the same names.
//
// Integers are bigint, text is compared byte by byte, blobs are bytea, times are timestamptz. What the file
// computes in a column is kept there, and so is the one view that only SQLite computes, as a table.
// What is beside that, so that the schema can be spread over several machines, stands in
// postgres_distribution.hpp.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace postmoney::detail {

// A column that refers to the rows of a table, by its primary key.
struct PostgresReference {
    std::string column;
    std::string table;
};

// A column that the table of the file has not.
struct AddedColumn {
    std::string name;
    std::string from;  // SQL on the file, for a row of the table
};

struct PostgresTable {
    std::string name;
    std::vector<std::string> items;  // columns and conditions of CREATE TABLE
    std::vector<std::string> keys;   // what follows ADD in ALTER TABLE: primary key and unique columns
    std::vector<PostgresReference> references = {};
    std::vector<AddedColumn> added = {};  // which stand first; see lay_out
    bool append_only = false;             // whose rows never change

    // Whether its rows lie with those of their company.
    [[nodiscard]] bool lies_by_company() const { return !added.empty() && added.front().name == "home"; }
};

struct PostgresSchema {
    std::vector<PostgresTable> tables;
    std::vector<std::string> indexes;  // statements
    std::vector<std::string> views;    // statements, each after those that it reads
};

// Translates the SQL of a migration. Throws bad-sql for a statement of another form than those in use.
[[nodiscard]] PostgresSchema postgres_schema(std::string_view migration);

// The functions that the views call.
[[nodiscard]] std::string_view postgres_functions() noexcept;

}  // namespace postmoney::detail
