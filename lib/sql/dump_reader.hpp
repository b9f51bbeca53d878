// Reads SQL text as `.dump` of the sqlite3 shell prints it of a ledger, and Python's sqlite3 too.
#pragma once

#include <filesystem>
#include <istream>
#include <string>
#include <vector>

#include "sql/connection.hpp"

namespace postmoney::detail {

// Whether the file begins as such a text does, and not as a database.
[[nodiscard]] bool is_dump(const std::filesystem::path& path);

// Puts the rows that the text inserts into a scratch ledger, in one transaction. Of its statements only
// INSERTs of values into the tables of a ledger run, under an authorizer; statements of the schema have to be
// those of the migrations. What is the user's own, by its name, is left out: returns what, such as `table
// my_notes`. Throws bad-sql, with the name of the text and the line, for any other statement and for a text
// that does not end with COMMIT. Whether the rows make a ledger is for the caller to verify.
[[nodiscard]] std::vector<std::string> read_dump(std::istream& in, const std::string& name,
                                                 Connection& scratch);

}  // namespace postmoney::detail
