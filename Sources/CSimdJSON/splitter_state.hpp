#pragma once

#include <cstdlib>
#include <cstring>

#include "martlet_splitter.h"

// The buffer and the position in it; what the kinds of stream share.
struct martlet_splitter {
    int kind;
    uint8_t separator;
    size_t limit;

    uint8_t *buffer = nullptr;
    size_t capacity = 0;
    // The element under way begins at `begin`; bytes up to `scan` were looked at; `end` is behind the last byte.
    size_t begin = 0, scan = 0, end = 0;
    bool finished = false;
    // The element under way is beyond the limit: its bytes are dropped as they are scanned.
    bool skipping = false;
    uint64_t number = 0;
    const char *problem = "";

    // The stream's offset of buffer[0], and the line breaks before buffer[counted].
    uint64_t base = 0, breaks = 0;
    size_t counted = 0;
    // Where the element under way began, also after its bytes were dropped.
    uint64_t element_offset = 0, element_line = 0;

    // The scanners' own state.
    int phase = 0;
    uint64_t depth = 0;
    bool in_string = false, escaped = false;

    ~martlet_splitter() { std::free(buffer); }

    bool reserve(size_t count);
    // The number of the line that `position` is on; positions never go back.
    uint64_t line_at(size_t position);
    void begin_element(size_t position, bool count_lines);
    // Drops what was scanned of an element that has become too long.
    void drop_if_oversized();
    int deliver(size_t stop, martlet_splitter_item *item);
    int broken(const char *what, size_t position, martlet_splitter_item *item);

    int next_line(martlet_splitter_item *item);
    int next_member(martlet_splitter_item *item);
    int next_object(martlet_splitter_item *item);
    int next_record(martlet_splitter_item *item);

private:
    bool scan_container();
    bool scan_scalar();
    void scan_string();
};
