#include <initializer_list>

#include "splitter_state.hpp"

namespace {

enum Phase { start, first, member, inside, scalar, after, tail };

bool is_space(uint8_t c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

bool starts_scalar(uint8_t c)
{
    return c == '"' || c == '-' || (c >= '0' && c <= '9') || c == 't' || c == 'f' || c == 'n';
}

// 1 for the bytes that matter between the strings of a container.
struct Marks {
    uint8_t of[256] = {};
    constexpr Marks()
    {
        for (char c : {'"', '{', '}', '[', ']'}) of[uint8_t(c)] = 1;
    }
};
constexpr Marks marks;

}

// Moves to the end of the string that `scan` is in. Whether a quote is escaped follows from the parity of the
// backslashes before it, so that no byte has to be looked at alone.
void martlet_splitter::scan_string()
{
    const uint8_t *p = buffer + scan, *stop = buffer + end;
    while (p < stop && in_string) {
        if (escaped) {
            escaped = false;
            p++;
            continue;
        }
        auto *quote = static_cast<const uint8_t *>(std::memchr(p, '"', size_t(stop - p)));
        const uint8_t *here = quote ? quote : stop, *slash = here;
        while (slash > p && slash[-1] == '\\') slash--;
        bool odd = (here - slash) & 1;
        if (quote) {
            in_string = odd;
            p = quote + 1;
        } else {
            escaped = odd;
            p = stop;
        }
    }
    scan = size_t(p - buffer);
}

// True when the container has ended; false when the bytes have.
bool martlet_splitter::scan_container()
{
    while (scan < end) {
        if (in_string) {
            scan_string();
            continue;
        }
        const uint8_t *p = buffer + scan, *stop = buffer + end;
        while (p < stop && !marks.of[*p]) p++;
        scan = size_t(p - buffer);
        if (p == stop) break;
        scan++;
        switch (*p) {
        case '"': in_string = true; break;
        case '{':
        case '[': depth++; break;
        default:
            if (--depth == 0) return true;
        }
    }
    return false;
}

bool martlet_splitter::scan_scalar()
{
    if (in_string) {
        scan_string();
        return !in_string;
    }
    while (scan < end) {
        uint8_t c = buffer[scan];
        if (c == ',' || c == ']' || is_space(c)) return true;
        scan++;
    }
    return false;
}

int martlet_splitter::next_member(martlet_splitter_item *item)
{
    for (;;) {
        if (phase == inside || phase == scalar) {
            bool done = phase == inside ? scan_container() : scan_scalar();
            if (done) {
                phase = after;
                return deliver(scan, item);
            }
            if (finished) return broken("the file ends inside an element of the array", end, item);
            drop_if_oversized();
            return MARTLET_SPLITTER_MORE;
        }
        while (scan < end && is_space(buffer[scan])) scan++;
        begin = scan;
        if (scan == end) {
            if (!finished) return MARTLET_SPLITTER_MORE;
            return phase == tail ? MARTLET_SPLITTER_END : broken("the file ends before the array does", end, item);
        }
        uint8_t c = buffer[scan];
        if (phase == start && c == '[') {
            phase = first;
        } else if ((phase == first || phase == after) && c == ']') {
            phase = tail;
        } else if (phase == after && c == ',') {
            phase = member;
        } else if ((phase == first || phase == member) && (c == '{' || c == '[')) {
            begin_element(scan, false);
            depth = 1;
            phase = inside;
        } else if ((phase == first || phase == member) && starts_scalar(c)) {
            begin_element(scan, false);
            in_string = c == '"';
            phase = scalar;
        } else {
            const char *what = phase == tail ? "there is text after the end of the array"
                : phase == after             ? "a comma or the end of the array is missing"
                                             : "an element of the array was expected";
            return broken(what, scan, item);
        }
        scan++;
    }
}

int martlet_splitter::next_object(martlet_splitter_item *item)
{
    for (;;) {
        if (phase == inside) {
            if (scan_container()) {
                phase = start;
                return deliver(scan, item);
            }
            if (finished) return broken("the file ends inside an object", end, item);
            drop_if_oversized();
            return MARTLET_SPLITTER_MORE;
        }
        while (scan < end && is_space(buffer[scan])) scan++;
        begin = scan;
        if (scan == end) return finished ? MARTLET_SPLITTER_END : MARTLET_SPLITTER_MORE;
        if (buffer[scan] != '{') return broken("an object was expected", scan, item);
        begin_element(scan, false);
        depth = 1;
        phase = inside;
        scan++;
    }
}
