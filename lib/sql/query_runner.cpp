#include "sql/query_runner.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <new>
#include <string>
#include <vector>

namespace postmoney::detail {

namespace {

// The pragmas that only read; they also come as the table-valued functions pragma_NAME.
constexpr std::array<std::string_view, 10> telling_pragmas{
    "collation_list", "compile_options", "database_list", "foreign_key_list", "function_list",
    "index_info",     "index_list",      "table_info",    "table_list",       "table_xinfo"};

// SQLite asks before each action of a statement. An action that is not known to only read is denied.
int allow_reading(void*, int action, const char* first, const char* second, const char*, const char*) {
    switch (action) {
        case SQLITE_SELECT:
        case SQLITE_READ:
        case SQLITE_RECURSIVE:
            return SQLITE_OK;
        case SQLITE_FUNCTION:
            return std::string_view(second) == "load_extension" ? SQLITE_DENY : SQLITE_OK;
        case SQLITE_PRAGMA:
            return std::ranges::find(telling_pragmas, std::string_view(first)) != telling_pragmas.end()
                       ? SQLITE_OK
                       : SQLITE_DENY;
        case SQLITE_UPDATE:
            // SQLite also asks this for the first use of a table-valued function. sqlite3_stmt_readonly finds
            // real updates.
            return std::string_view(first) == "sqlite_master" ? SQLITE_OK : SQLITE_DENY;
        default:
            return SQLITE_DENY;
    }
}

// It stays in force while rows are read, because SQLite prepares a statement anew when the schema changes.
class ReadingOnly {
  public:
    explicit ReadingOnly(sqlite3* database) : database_(database) {
        sqlite3_set_authorizer(database_, allow_reading, nullptr);
    }
    ~ReadingOnly() { sqlite3_set_authorizer(database_, nullptr, nullptr); }
    ReadingOnly(const ReadingOnly&) = delete;
    ReadingOnly& operator=(const ReadingOnly&) = delete;

  private:
    sqlite3* database_;
};

using Prepared = std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)>;

[[noreturn]] void refuse_query(sqlite3* database, int result) {
    switch (result & 0xFF) {
        case SQLITE_NOMEM:
            throw std::bad_alloc();
        case SQLITE_AUTH:
            throw Error(ErrorCode::read_only, "a query only reads: expected one SELECT");
        case SQLITE_ERROR:
        case SQLITE_TOOBIG:
        case SQLITE_CONSTRAINT:
        case SQLITE_MISMATCH:
        case SQLITE_RANGE:
            throw Error(ErrorCode::bad_sql, sqlite3_errmsg(database));
        default:
            throw_sqlite(database, result, "running a query");
    }
}

// Prepares the first statement and cuts it off the text; null when only white space and comments are left.
[[nodiscard]] int prepare_next(sqlite3* database, std::string_view& sql, Prepared& prepared) {
    sqlite3_stmt* statement = nullptr;
    const char* rest = nullptr;
    const int result =
        sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), &statement, &rest);
    prepared.reset(statement);
    if (result == SQLITE_OK) sql.remove_prefix(static_cast<std::size_t>(rest - sql.data()));
    return result;
}

[[nodiscard]] Prepared prepare_query(sqlite3* database, std::string_view sql) {
    constexpr std::size_t longest = 1'000'000;  // SQLite's own limit
    if (sql.size() > longest) throw Error(ErrorCode::bad_sql, "the query is longer than 1000000 bytes");
    if (sql.find('\0') != std::string_view::npos)
        throw Error(ErrorCode::bad_sql, "the query has a NUL character");
    Prepared query(nullptr, sqlite3_finalize);
    const int result = prepare_next(database, sql, query);
    if (result != SQLITE_OK) refuse_query(database, result);
    if (query == nullptr) throw Error(ErrorCode::bad_sql, "there is no statement, expected one SELECT");
    Prepared another(nullptr, sqlite3_finalize);
    if (prepare_next(database, sql, another) != SQLITE_OK || another != nullptr) {
        throw Error(ErrorCode::bad_sql, "there is more than one statement, expected one SELECT");
    }
    if (sqlite3_stmt_readonly(query.get()) == 0) refuse_query(database, SQLITE_AUTH);
    return query;
}

// Binds what it is given, which lives until the query is over.
struct ParameterBinder {
    sqlite3_stmt* statement;
    int index;

    int operator()(std::monostate) const { return sqlite3_bind_null(statement, index); }
    int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement, index, value); }
    int operator()(double value) const { return sqlite3_bind_double(statement, index, value); }
    int operator()(std::string_view text) const {
        return sqlite3_bind_text64(statement, index, text.data() == nullptr ? "" : text.data(), text.size(),
                                   SQLITE_STATIC, SQLITE_UTF8);
    }
    int operator()(const SqlBlob& blob) const {
        return sqlite3_bind_blob64(statement, index, blob.bytes.data(), blob.bytes.size(), SQLITE_STATIC);
    }
};

void bind_parameters(sqlite3* database, sqlite3_stmt* query, std::span<const SqlCell> parameters) {
    const auto count = static_cast<std::size_t>(sqlite3_bind_parameter_count(query));
    if (count != 0 && parameters.empty())
        throw Error(ErrorCode::bad_sql, "the query has a parameter, which nothing gives a value");
    if (count != parameters.size()) {
        throw Error(ErrorCode::bad_sql, "the query has " + std::to_string(count) +
                                            " parameters, and values are given for " +
                                            std::to_string(parameters.size()));
    }
    for (std::size_t i = 0; i < count; ++i) {
        const int result = std::visit(ParameterBinder{query, static_cast<int>(i + 1)}, parameters[i]);
        if (result != SQLITE_OK) refuse_query(database, result);
    }
}

[[nodiscard]] SqlCell cell(sqlite3_stmt* statement, int column) {
    const auto size = [&] { return static_cast<std::size_t>(sqlite3_column_bytes(statement, column)); };
    switch (sqlite3_column_type(statement, column)) {
        case SQLITE_INTEGER:
            return std::int64_t{sqlite3_column_int64(statement, column)};
        case SQLITE_FLOAT:
            return sqlite3_column_double(statement, column);
        case SQLITE_TEXT: {
            const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
            return std::string_view(text, size());
        }
        case SQLITE_BLOB: {
            const auto* bytes = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement, column));
            return SqlBlob{{bytes, size()}};
        }
        default:
            return std::monostate();
    }
}

}  // namespace

void run_query(Connection& connection, std::string_view sql, std::span<const SqlCell> parameters,
               const SqlVisitor& visitor) {
    sqlite3* const database = connection.handle();
    const ReadingOnly reading_only(database);
    const Prepared query = prepare_query(database, sql);
    bind_parameters(database, query.get(), parameters);
    const int count = sqlite3_column_count(query.get());
    std::vector<std::string> texts;  // SQLite's own change when it prepares the statement anew
    for (int i = 0; i < count; ++i) texts.emplace_back(sqlite3_column_name(query.get(), i));
    const std::vector<std::string_view> names(texts.begin(), texts.end());
    if (visitor.columns) visitor.columns(names);
    std::vector<SqlCell> cells(static_cast<std::size_t>(count));
    int result = SQLITE_OK;
    while ((result = sqlite3_step(query.get())) == SQLITE_ROW) {
        for (int i = 0; i < count; ++i) cells[static_cast<std::size_t>(i)] = cell(query.get(), i);
        if (!visitor.row(cells) || !visitor.named_row(SqlRow(names, cells))) return;
    }
    if (result != SQLITE_DONE) refuse_query(database, result);
}

}  // namespace postmoney::detail
