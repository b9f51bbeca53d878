#include "sql/statement.hpp"

namespace postmoney::detail {

namespace {

ErrorCode code_of(int result) {
    switch (result & 0xFF) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return ErrorCode::busy;
        case SQLITE_READONLY:
            return ErrorCode::read_only;
        case SQLITE_ERROR:  // our SQL is fixed, so a table or a column is missing
        case SQLITE_CORRUPT:
            return ErrorCode::damaged;
        case SQLITE_NOMEM:
            return ErrorCode::out_of_memory;
        case SQLITE_TOOBIG:
            return ErrorCode::out_of_range;
        case SQLITE_NOTADB:
            return ErrorCode::not_a_ledger;
        case SQLITE_MISUSE:
            return ErrorCode::misuse;
        case SQLITE_CONSTRAINT:
        case SQLITE_MISMATCH:
            return ErrorCode::damaged;
        default:
            return ErrorCode::io;
    }
}

std::string_view advice(ErrorCode code) {
    switch (code) {
        case ErrorCode::busy:
            return busy_advice;
        case ErrorCode::damaged:
            return "the ledger is damaged: restore a backup";
        default:
            return "";
    }
}

}  // namespace

void throw_sqlite(sqlite3* database, int result, std::string_view doing) {
    const ErrorCode code = code_of(result);
    if (result == SQLITE_READONLY_ROLLBACK || result == SQLITE_READONLY_RECOVERY) {
        throw Error(code,
                    "was left in the middle of a write, whose journal lies beside it; open it for writing, "
                    "which takes it back to before that write");
    }
    if (code == ErrorCode::not_a_ledger) throw Error(code, "is no SQLite database, expected a ledger file");
    std::string message = database != nullptr ? sqlite3_errmsg(database) : sqlite3_errstr(result);
    message += " (SQLite result " + std::to_string(result) + ", " + std::string(doing) + ")";
    if (const std::string_view what_to_do = advice(code); !what_to_do.empty())
        message.append("; ").append(what_to_do);
    // A page that was read wrong must not stay in the cache, so that the next try reads it anew.
    if ((result & 0xFF) == SQLITE_CORRUPT && database != nullptr) sqlite3_db_release_memory(database);
    throw Error(code, std::move(message));
}

Statement::Statement(sqlite3* database, std::string_view sql) : database_(database) {
    const int result = sqlite3_prepare_v3(database, sql.data(), static_cast<int>(sql.size()),
                                          SQLITE_PREPARE_PERSISTENT, &statement_, nullptr);
    if (result != SQLITE_OK) throw_sqlite(database, result, "preparing: " + std::string(sql));
}

void Statement::fail(int result) {
    const std::string sql = sqlite3_sql(statement_);
    sqlite3_reset(statement_);
    throw_sqlite(database_, result, "running: " + sql);
}

}  // namespace postmoney::detail
