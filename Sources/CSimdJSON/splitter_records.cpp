#include <simdjson.h>

#include "splitter_state.hpp"

namespace {

enum Phase { record_start, field_start, plain, quoted, quote };

}

// A quote opens a quoted field only as the field's first byte; elsewhere it is text.
int martlet_splitter::next_record(martlet_splitter_item *item)
{
    while (scan < end) {
        if (phase == quoted) {
            auto *found = static_cast<uint8_t *>(std::memchr(buffer + scan, '"', end - scan));
            scan = found ? size_t(found - buffer) + 1 : end;
            if (found) phase = quote;
            continue;
        }
        uint8_t c = buffer[scan];
        if (phase == record_start) {
            if (c == '\n' || (c == '\r' && scan + 1 < end && buffer[scan + 1] == '\n')) {
                scan++;
                begin = scan;
                continue;
            }
            begin_element(scan, true);
            phase = field_start;
        }
        scan++;
        if (c == '\n') {
            phase = record_start;
            // Before the caller resolves quotes in place, which moves line breaks.
            line_at(scan);
            size_t stop = scan - 1;
            if (stop > begin && buffer[stop - 1] == '\r') stop--;
            return deliver(stop, item);
        }
        if (c == separator) {
            phase = field_start;
        } else if (c == '"' && (phase == field_start || phase == quote)) {
            // Two quotes stand for one.
            phase = quoted;
        } else {
            phase = plain;
        }
    }
    if (!finished) {
        if (phase != record_start) drop_if_oversized();
        return MARTLET_SPLITTER_MORE;
    }
    if (phase == record_start) return MARTLET_SPLITTER_END;
    if (phase == quoted) return broken("the file ends inside a quoted field", end, item);
    phase = record_start;
    return deliver(end, item);
}

extern "C" int martlet_record_split(
    uint8_t *bytes, size_t length, uint8_t separator, martlet_record_field *fields, size_t room, size_t *count)
{
    *count = 0;
    if (std::memchr(bytes, 0, length)) return MARTLET_RECORD_NUL;
    if (!simdjson::validate_utf8(reinterpret_cast<const char *>(bytes), length)) return MARTLET_RECORD_NOT_UTF8;
    bool bad_quote = false;
    size_t at = 0;
    for (;;) {
        uint8_t *from = bytes + at, *to = from;
        if (at < length && bytes[at] == '"') {
            from = to = bytes + ++at;
            bool closed = false;
            while (at < length) {
                auto *found = static_cast<uint8_t *>(std::memchr(bytes + at, '"', length - at));
                size_t stop = found ? size_t(found - bytes) : length;
                std::memmove(to, bytes + at, stop - at);
                to += stop - at;
                at = stop + (found ? 1 : 0);
                if (!found) break;
                if (at == length || bytes[at] != '"') {
                    closed = true;
                    break;
                }
                *to++ = '"';
                at++;
            }
            if (!closed || (at < length && bytes[at] != separator)) bad_quote = true;
            while (at < length && bytes[at] != separator) at++;
        } else {
            auto *found = static_cast<uint8_t *>(at < length ? std::memchr(bytes + at, separator, length - at) : nullptr);
            at = found ? size_t(found - bytes) : length;
            to = bytes + at;
        }
        if (*count < room) fields[*count] = {from, size_t(to - from)};
        ++*count;
        if (at == length) break;
        at++;
    }
    if (bad_quote) return MARTLET_RECORD_BAD_QUOTE;
    return *count > room ? MARTLET_RECORD_TOO_MANY : MARTLET_RECORD_OK;
}
