// The schema of a ledger for PostgreSQL, as the schema of the file gives it: the same tables, columns,
// indexes and views under the same names.
//
// Integers are bigint, text is compared byte by byte, blobs are bytea, times are timestamptz. What the file
// computes in a column is kept there, and so is the one view that only SQLite computes, as a table.
// References are not declared: the ledger has checked them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace postmoney::detail {

struct PostgresTable {
    std::string name;
    std::vector<std::string> items;  // columns and conditions of CREATE TABLE
    std::vector<std::string> keys;   // what follows ADD in ALTER TABLE: primary key and unique columns
    bool append_only = false;        // whose rows never change
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
