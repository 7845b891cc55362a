#ifndef MARTLET_SPLITTER_H
#define MARTLET_SPLITTER_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Cuts a stream of bytes into its elements in bounded memory. It looks no deeper than it must to find where an element
// ends; whether the element is valid is the parser's business.

typedef struct martlet_splitter martlet_splitter;

// What a stream consists of.
enum {
    // One element a line; blank lines are passed over.
    MARTLET_SPLITTER_LINES = 1,
    // One JSON array whose members are the elements.
    MARTLET_SPLITTER_ARRAY = 2,
    // JSON objects one after the other, with or without white space between them.
    MARTLET_SPLITTER_OBJECTS = 3,
    // Records of RFC 4180: a line break inside quotes does not end a record.
    MARTLET_SPLITTER_RECORDS = 4,
};

// What martlet_splitter_next found.
enum {
    // An element.
    MARTLET_SPLITTER_ITEM = 0,
    // An element beyond the limit, passed over; `bytes` is null.
    MARTLET_SPLITTER_OVERSIZED = 1,
    // All bytes given so far are used up.
    MARTLET_SPLITTER_MORE = 2,
    // The stream has ended where it may end.
    MARTLET_SPLITTER_END = 3,
    // The stream's structure is broken at the item's position; martlet_splitter_problem says how.
    MARTLET_SPLITTER_BROKEN = 4,
};

typedef struct {
    // The element, followed by at least 64 readable bytes; the caller may write into it. Valid until the next reserve.
    uint8_t *bytes;
    size_t length;
    // Counts the elements, the passed-over ones too; the first is 1.
    uint64_t number;
    // The line the element begins on, the first being 1. For arrays and objects set only when the stream is broken.
    uint64_t line;
    // How many bytes of the stream stand before the element.
    uint64_t offset;
} martlet_splitter_item;

// Returns null when memory is short. `separator` counts for records only.
martlet_splitter *martlet_splitter_create(int kind, uint8_t separator, size_t maximum_element_bytes);
void martlet_splitter_destroy(martlet_splitter *splitter);

// Gives room for `count` bytes, or null when memory is short; call commit with how many were written, or finish at the
// end of the stream.
uint8_t *martlet_splitter_reserve(martlet_splitter *splitter, size_t count);
void martlet_splitter_commit(martlet_splitter *splitter, size_t count);
void martlet_splitter_finish(martlet_splitter *splitter);

int martlet_splitter_next(martlet_splitter *splitter, martlet_splitter_item *item);

// A static text.
const char *martlet_splitter_problem(const martlet_splitter *splitter);

typedef struct {
    const uint8_t *bytes;
    size_t length;
} martlet_record_field;

enum {
    MARTLET_RECORD_OK = 0,
    // There are more fields than room for them; `count` is the number of fields there are.
    MARTLET_RECORD_TOO_MANY = 1,
    MARTLET_RECORD_BAD_QUOTE = 2,
    MARTLET_RECORD_NOT_UTF8 = 3,
    MARTLET_RECORD_NUL = 4,
};

// Cuts a record into its fields and resolves quotes, in place.
int martlet_record_split(
    uint8_t *bytes, size_t length, uint8_t separator, martlet_record_field *fields, size_t room, size_t *count);

#ifdef __cplusplus
}
#endif

#endif
