#include <new>

#include "splitter_state.hpp"

// A JSON parser may read this far behind an element.
static const size_t padding = 64;

bool martlet_splitter::reserve(size_t count)
{
    if (count > SIZE_MAX / 4) return false;
    if (capacity - end >= count + padding && capacity != 0) return true;
    if (begin > 0) {
        line_at(begin);
        counted -= begin;
        base += begin;
        std::memmove(buffer, buffer + begin, end - begin);
        scan -= begin;
        end -= begin;
        begin = 0;
        if (capacity - end >= count + padding) return true;
    }
    size_t wanted = end + count + padding;
    if (wanted < capacity * 2) wanted = capacity * 2;
    auto *grown = static_cast<uint8_t *>(std::realloc(buffer, wanted));
    if (!grown) return false;
    // The padding behind the last byte is read, never used; it must only be defined.
    std::memset(grown + capacity, 0, wanted - capacity);
    buffer = grown;
    capacity = wanted;
    return true;
}

// In blocks whose count fits a byte, which lets the compiler count many bytes at once.
static uint64_t count_breaks(const uint8_t *bytes, size_t length)
{
    uint64_t total = 0;
    while (length >= 128) {
        uint8_t found = 0;
        for (size_t i = 0; i < 128; i++) found += bytes[i] == '\n';
        total += found;
        bytes += 128;
        length -= 128;
    }
    for (size_t i = 0; i < length; i++) total += bytes[i] == '\n';
    return total;
}

uint64_t martlet_splitter::line_at(size_t position)
{
    // Lines count themselves.
    if (kind != MARTLET_SPLITTER_LINES && position > counted) breaks += count_breaks(buffer + counted, position - counted);
    if (position > counted) counted = position;
    return breaks + 1;
}

void martlet_splitter::begin_element(size_t position, bool count_lines)
{
    begin = position;
    number++;
    element_offset = base + position;
    element_line = count_lines ? line_at(position) : 0;
}

void martlet_splitter::drop_if_oversized()
{
    if (!skipping && scan - begin > limit) {
        skipping = true;
        element_offset = base + begin;
    }
    if (skipping) begin = scan;
}

int martlet_splitter::deliver(size_t stop, martlet_splitter_item *item)
{
    bool oversized = skipping || stop - begin > limit;
    *item = {oversized ? nullptr : buffer + begin, oversized ? 0 : stop - begin, number, element_line, element_offset};
    skipping = false;
    begin = scan;
    return oversized ? MARTLET_SPLITTER_OVERSIZED : MARTLET_SPLITTER_ITEM;
}

int martlet_splitter::broken(const char *what, size_t position, martlet_splitter_item *item)
{
    problem = what;
    *item = {nullptr, 0, number, line_at(position), base + position};
    return MARTLET_SPLITTER_BROKEN;
}

int martlet_splitter::next_line(martlet_splitter_item *item)
{
    for (;;) {
        auto *stop = static_cast<uint8_t *>(end > scan ? std::memchr(buffer + scan, '\n', end - scan) : nullptr);
        if (!stop && !finished) {
            scan = end;
            drop_if_oversized();
            return MARTLET_SPLITTER_MORE;
        }
        if (!stop && begin == end && !skipping) return MARTLET_SPLITTER_END;
        size_t last = stop ? size_t(stop - buffer) : end;
        if (!skipping) element_offset = base + begin;
        scan = stop ? last + 1 : end;
        // Lines are numbered as elements are, so a blank line counts.
        number++;
        element_line = number;
        size_t first = begin;
        while (first < last && (buffer[first] == ' ' || buffer[first] == '\t' || buffer[first] == '\r')) first++;
        if (first == last && !skipping) {
            begin = scan;
            continue;
        }
        return deliver(last, item);
    }
}

extern "C" {

martlet_splitter *martlet_splitter_create(int kind, uint8_t separator, size_t maximum_element_bytes)
{
    auto *splitter = new (std::nothrow) martlet_splitter();
    if (!splitter) return nullptr;
    splitter->kind = kind;
    splitter->separator = separator;
    splitter->limit = maximum_element_bytes;
    return splitter;
}

void martlet_splitter_destroy(martlet_splitter *splitter) { delete splitter; }

uint8_t *martlet_splitter_reserve(martlet_splitter *splitter, size_t count)
{
    return splitter->reserve(count) ? splitter->buffer + splitter->end : nullptr;
}

void martlet_splitter_commit(martlet_splitter *splitter, size_t count) { splitter->end += count; }

void martlet_splitter_finish(martlet_splitter *splitter) { splitter->finished = true; }

int martlet_splitter_next(martlet_splitter *splitter, martlet_splitter_item *item)
{
    switch (splitter->kind) {
    case MARTLET_SPLITTER_LINES: return splitter->next_line(item);
    case MARTLET_SPLITTER_ARRAY: return splitter->next_member(item);
    case MARTLET_SPLITTER_OBJECTS: return splitter->next_object(item);
    default: return splitter->next_record(item);
    }
}

const char *martlet_splitter_problem(const martlet_splitter *splitter) { return splitter->problem; }
}
