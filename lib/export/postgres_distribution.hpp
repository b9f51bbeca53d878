// Where the rows of a ledger lie in PostgreSQL when there are several machines, so that every join of the
// views stays on one of them: what belongs to a company lies with it, and what all companies need lies
// everywhere.
//
// A table that lies by company has a first column `home` (see postgres_homes.hpp), with which its keys and
// its references to other such tables begin; of what is of no party it is 0. The others are reference
// tables. Two of them have what the views ask of their entries, which lie elsewhere.
#pragma once

#include <string>

#include "export/postgres_schema.hpp"

namespace postmoney::detail {

// Adds all this to a schema as postgres_schema gives it. Throws bad-sql for a table of which it cannot tell
// the company, and for a view that it cannot change.
void lay_out(PostgresSchema& schema);

// What follows ADD CONSTRAINT in ALTER TABLE. Not those that may lead to another company, and none from a
// reference table to one that lies by company, which Citus has not.
[[nodiscard]] std::vector<std::string> foreign_keys(const PostgresSchema& schema, const PostgresTable& table);

// The script for Citus.
[[nodiscard]] std::string distribution_script(const PostgresSchema& schema);

}  // namespace postmoney::detail
