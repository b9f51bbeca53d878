// SQLite's interface for code that is built twice: linked into the library, where it calls SQLite itself, and
// in the loadable extension, where it calls whichever SQLite loads it.
#pragma once

#ifdef POSTMONEY_SQL_EXTENSION
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3
#else
#include <sqlite3.h>
#endif
