#pragma once
#include <zlib.h>

/// `inflateInit2` for gzip alone (a window of 32 KiB, header and check sum verified): Swift imports no macro.
static inline int countersign_gzip_init(z_stream *stream) { return inflateInit2(stream, 15 + 16); }
