// The entry point of the loadable extension: `.load postmoney_sql` in the sqlite3 shell, or
// sqlite3_load_extension.
#include <sqlite3ext.h>

#include "sql/sql_functions.hpp"

SQLITE_EXTENSION_INIT1

namespace {

constexpr int oldest_sqlite = 3031000;  // the first with SQLITE_INNOCUOUS and SQLITE_DIRECTONLY

}  // namespace

// SQLite derives this name from the name of the file.
extern "C" __attribute__((visibility("default"))) int sqlite3_postmoneysql_init(
    sqlite3* database, char** message, const sqlite3_api_routines* api) {
    SQLITE_EXTENSION_INIT2(api);
    if (sqlite3_libversion_number() < oldest_sqlite) {
        *message = sqlite3_mprintf("postmoney_sql needs SQLite 3.31, this is %s", sqlite3_libversion());
        return SQLITE_ERROR;
    }
    return postmoney::detail::register_sql_functions(database, postmoney::detail::SqlCallers::anyone);
}
