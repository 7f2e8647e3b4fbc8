/// simdjson's DOM parser behind a C interface.
///
/// No exception crosses this boundary: whatever fails returns a csj_fault, and csj_message words it.
/// Values and texts belong to the parser that made them and are void after its next csj_parse.
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Bytes that must be readable behind the end of what csj_parse is given; their content is irrelevant.
#define CSJ_PADDING 64

typedef struct csj_parser csj_parser;
typedef struct csj_table csj_table;

/// An element of the parsed document.
typedef struct {
    const void *document;
    size_t index;
} csj_value;

typedef struct {
    const uint8_t *bytes;
    size_t count;
} csj_text;

typedef enum {
    CSJ_NULL,
    CSJ_BOOL,
    CSJ_INT64,
    CSJ_UINT64,
    CSJ_DOUBLE,
    CSJ_STRING,
    CSJ_ARRAY,
    CSJ_OBJECT
} csj_kind;

typedef enum {
    CSJ_FINE,
    CSJ_NO_MEMORY,
    CSJ_TOO_DEEP,
    CSJ_NOT_UTF8,
    CSJ_BAD_NUMBER,
    CSJ_BAD_STRING,
    CSJ_BAD_STRUCTURE
} csj_fault;

/// Returns NULL when memory is short. A document nested deeper than max_depth is refused.
csj_parser *csj_parser_create(size_t max_depth);
void csj_parser_free(csj_parser *parser);

/// Parses and validates one whole document, UTF-8 included. `root` is set when all is fine.
csj_fault csj_parse(csj_parser *parser, const uint8_t *bytes, size_t count, csj_value *root);
/// A clause for “the row …”, such as “is nested too deep”; it lives for ever.
const char *csj_message(csj_fault fault);

csj_kind csj_kind_of(csj_value value);
/// Each of these answers for its own kind alone, and with 0 or nothing for another.
bool csj_bool(csj_value value);
int64_t csj_int64(csj_value value);
uint64_t csj_uint64(csj_value value);
double csj_double(csj_value value);
csj_text csj_string(csj_value value);

/// Finds keys by their bytes. Keys are added before the first look-up; equal slots are spellings of one key.
csj_table *csj_table_create(void);
bool csj_table_add(csj_table *table, const uint8_t *key, size_t count, uint16_t slot);
void csj_table_free(csj_table *table);

/// Reads an object in one pass: slots[n] becomes the index of the member whose key has slot n, and is left
/// alone where there is none (no member has index 0). Of equal keys the last wins.
void csj_members(csj_value object, const csj_table *table, uint32_t *slots);
size_t csj_member_count(csj_value object);
/// The index of the member whose key is the least by its bytes; 0 where there is none.
uint32_t csj_least_member(csj_value object);
/// Writes the keys of an object's first members and the indices of their values, at most `capacity`, and returns how many.
size_t csj_keys(csj_value object, csj_text *keys, uint32_t *indices, size_t capacity);

/// Writes the indices of an array's first elements, at most `capacity`, and returns how many it wrote.
size_t csj_elements(csj_value array, uint32_t *indices, size_t capacity);
/// Exact up to 2^24 - 1, which it returns for all that is longer.
size_t csj_element_count(csj_value array);

#ifdef __cplusplus
}
#endif
