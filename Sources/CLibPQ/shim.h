#pragma once
#include <libpq-fe.h>

/// `PG_DIAG_SQLSTATE` as a value: Swift does not import a character macro as a number.
static inline int countersign_pg_sqlstate_field(void) { return PG_DIAG_SQLSTATE; }
