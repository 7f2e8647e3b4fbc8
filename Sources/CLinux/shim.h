#pragma once
#include <fcntl.h>
#include <linux/fs.h>
#include <sys/syscall.h>
#include <unistd.h>

/// Exchanges two paths in one step. `renameat2` is a GNU extension and `syscall` is variadic: Swift sees neither.
/// Returns 0, or -1 with errno set.
static inline int countersign_exchange(const char *one, const char *other) {
    return (int)syscall(SYS_renameat2, AT_FDCWD, one, AT_FDCWD, other, RENAME_EXCHANGE);
}

/// Renames a path to one that must not be there yet. Returns 0, or -1 with errno set: EEXIST where it is.
static inline int countersign_rename_new(const char *from, const char *to) {
    return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
}
