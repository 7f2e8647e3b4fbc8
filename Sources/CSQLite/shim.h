#pragma once
#include <sqlite3.h>

/// Switches off SQLite's global memory counters, whose mutex keeps two threads from scaling.
/// Must run before the library's first use; `sqlite3_config` is variadic, so Swift cannot call it.
static inline int countersign_sqlite_disable_memory_statistics(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/// `SQLITE_TRANSIENT` as a function: Swift does not import the cast.
static inline sqlite3_destructor_type countersign_sqlite_transient(void) { return SQLITE_TRANSIENT; }
