#include "CSimdJSON.h"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <new>
#include <simdjson.h>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

static_assert(CSJ_PADDING >= simdjson::SIMDJSON_PADDING, "the header promises less than the library reads");
static_assert(sizeof(simdjson::dom::element) == sizeof(csj_value), "an element is a document and an index");
static_assert(std::is_trivially_copyable<simdjson::dom::element>::value, "an element is copied as bytes");

struct csj_parser {
    simdjson::dom::parser parser;
};

namespace {

simdjson::dom::element element_of(csj_value value) {
    simdjson::dom::element element;
    std::memcpy(static_cast<void *>(&element), &value, sizeof value);
    return element;
}

csj_value value_of(const simdjson::dom::element &element) {
    csj_value value;
    std::memcpy(&value, static_cast<const void *>(&element), sizeof value);
    return value;
}

/// The value as a T; T's own zero where it is of another kind.
template <typename T>
T get(csj_value value) {
    T result{};
    return element_of(value).get(result) == simdjson::SUCCESS ? result : T{};
}

}  // namespace

csj_parser *csj_parser_create(size_t max_depth) {
    csj_parser *parser = new (std::nothrow) csj_parser();
    if (parser != nullptr && parser->parser.allocate(4096, max_depth) != simdjson::SUCCESS) {
        delete parser;
        return nullptr;
    }
    return parser;
}

void csj_parser_free(csj_parser *parser) { delete parser; }

csj_fault csj_parse(csj_parser *parser, const uint8_t *bytes, size_t count, csj_value *root) {
    simdjson::dom::element element;
    switch (parser->parser.parse(bytes, count, false).get(element)) {
        case simdjson::SUCCESS: *root = value_of(element); return CSJ_FINE;
        case simdjson::MEMALLOC:
        case simdjson::CAPACITY: return CSJ_NO_MEMORY;
        case simdjson::DEPTH_ERROR: return CSJ_TOO_DEEP;
        case simdjson::UTF8_ERROR: return CSJ_NOT_UTF8;
        case simdjson::NUMBER_ERROR: return CSJ_BAD_NUMBER;
        case simdjson::STRING_ERROR:
        case simdjson::UNESCAPED_CHARS:
        case simdjson::UNCLOSED_STRING: return CSJ_BAD_STRING;
        default: return CSJ_BAD_STRUCTURE;
    }
}

const char *csj_message(csj_fault fault) {
    switch (fault) {
        case CSJ_FINE: return "is fine";
        case CSJ_NO_MEMORY: return "needs more memory than there is";
        case CSJ_TOO_DEEP: return "is nested too deep";
        case CSJ_NOT_UTF8: return "holds bytes that are not UTF-8";
        case CSJ_BAD_NUMBER: return "holds a malformed number";
        case CSJ_BAD_STRING: return "holds a text without its end, a raw control character or a wrong escape";
        case CSJ_BAD_STRUCTURE: break;
    }
    return "has a bracket, comma, colon or word out of place";
}

csj_kind csj_kind_of(csj_value value) {
    switch (element_of(value).type()) {
        case simdjson::dom::element_type::ARRAY: return CSJ_ARRAY;
        case simdjson::dom::element_type::OBJECT: return CSJ_OBJECT;
        case simdjson::dom::element_type::INT64: return CSJ_INT64;
        case simdjson::dom::element_type::UINT64: return CSJ_UINT64;
        case simdjson::dom::element_type::DOUBLE: return CSJ_DOUBLE;
        case simdjson::dom::element_type::STRING: return CSJ_STRING;
        case simdjson::dom::element_type::BOOL: return CSJ_BOOL;
        case simdjson::dom::element_type::NULL_VALUE: return CSJ_NULL;
    }
    return CSJ_NULL;
}

bool csj_bool(csj_value value) { return get<bool>(value); }
int64_t csj_int64(csj_value value) { return get<int64_t>(value); }
uint64_t csj_uint64(csj_value value) { return get<uint64_t>(value); }
double csj_double(csj_value value) { return get<double>(value); }

csj_text csj_string(csj_value value) {
    const std::string_view text = get<std::string_view>(value);
    return {reinterpret_cast<const uint8_t *>(text.data()), text.size()};
}

// A chained hash table over length, first and last byte: keys are few, known and short.
struct csj_table {
    struct key {
        std::string text;
        uint16_t slot;
        uint16_t next;
    };
    static constexpr uint16_t none = 0xFFFF;
    std::vector<key> keys;
    uint16_t heads[256];

    csj_table() { std::fill(std::begin(heads), std::end(heads), none); }

    static uint8_t hash(std::string_view text) {
        if (text.empty()) return 0;
        const auto first = static_cast<uint8_t>(text.front()), last = static_cast<uint8_t>(text.back());
        return static_cast<uint8_t>(text.size() * 37 + first * 5 + last);
    }

    const key *find(std::string_view text) const {
        for (uint16_t at = heads[hash(text)]; at != none; at = keys[at].next) {
            if (keys[at].text == text) return &keys[at];
        }
        return nullptr;
    }
};

csj_table *csj_table_create(void) { return new (std::nothrow) csj_table(); }

bool csj_table_add(csj_table *table, const uint8_t *key, size_t count, uint16_t slot) {
    try {
        const std::string_view text(reinterpret_cast<const char *>(key), count);
        if (table->keys.size() >= csj_table::none || table->find(text) != nullptr) return false;
        uint16_t &head = table->heads[csj_table::hash(text)];
        table->keys.push_back({std::string(text), slot, head});
        head = static_cast<uint16_t>(table->keys.size() - 1);
        return true;
    } catch (...) {
        return false;
    }
}

void csj_table_free(csj_table *table) { delete table; }

void csj_members(csj_value value, const csj_table *table, uint32_t *slots) {
    simdjson::dom::object object;
    if (element_of(value).get(object) != simdjson::SUCCESS) return;
    const auto end = object.end();
    for (auto member = object.begin(); member != end; ++member) {
        const csj_table::key *key = table->find(member.key());
        if (key != nullptr) slots[key->slot] = static_cast<uint32_t>(value_of(member.value()).index);
    }
}

size_t csj_member_count(csj_value value) {
    simdjson::dom::object object;
    return element_of(value).get(object) == simdjson::SUCCESS ? object.size() : 0;
}

uint32_t csj_least_member(csj_value value) {
    simdjson::dom::object object;
    if (element_of(value).get(object) != simdjson::SUCCESS) return 0;
    std::string_view least;
    uint32_t index = 0;
    const auto end = object.end();
    for (auto member = object.begin(); member != end; ++member) {
        if (index != 0 && member.key() >= least) continue;
        least = member.key();
        index = static_cast<uint32_t>(value_of(member.value()).index);
    }
    return index;
}

size_t csj_keys(csj_value value, csj_text *keys, uint32_t *indices, size_t capacity) {
    simdjson::dom::object object;
    if (element_of(value).get(object) != simdjson::SUCCESS) return 0;
    size_t written = 0;
    const auto end = object.end();
    for (auto member = object.begin(); member != end && written < capacity; ++member) {
        const std::string_view key = member.key();
        keys[written] = {reinterpret_cast<const uint8_t *>(key.data()), key.size()};
        indices[written++] = static_cast<uint32_t>(value_of(member.value()).index);
    }
    return written;
}

size_t csj_elements(csj_value value, uint32_t *indices, size_t capacity) {
    simdjson::dom::array array;
    if (element_of(value).get(array) != simdjson::SUCCESS) return 0;
    size_t written = 0;
    for (const simdjson::dom::element element : array) {
        if (written == capacity) break;
        indices[written++] = static_cast<uint32_t>(value_of(element).index);
    }
    return written;
}

size_t csj_element_count(csj_value value) {
    simdjson::dom::array array;
    return element_of(value).get(array) == simdjson::SUCCESS ? array.size() : 0;
}
