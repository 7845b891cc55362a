#include "finding_text.hpp"

namespace martlet {

namespace {

bool needs_escape(unsigned char c) { return c < 0x20 || c == '"' || c == '\\'; }

// Whether one of eight bytes needs an escape: the classic test for a byte below n, and for a zero byte after XOR.
bool any_needs_escape(uint64_t word)
{
    const uint64_t ones = 0x0101010101010101, highs = 0x8080808080808080;
    uint64_t quote = word ^ (ones * '"'), slash = word ^ (ones * '\\');
    uint64_t found = (word - ones * 0x20) & ~word;
    found |= (quote - ones) & ~quote;
    found |= (slash - ones) & ~slash;
    return found & highs;
}

}

void Output::add_quoted(std::string_view text)
{
    static const char hex[] = "0123456789abcdef";
    char *to = room(text.size() * 6 + 2);
    char *const start = to;
    *to++ = '"';
    const char *from = text.data(), *stop = from + text.size();
    while (from < stop) {
        while (stop - from >= 8) {
            uint64_t word;
            std::memcpy(&word, from, 8);
            if (any_needs_escape(word)) break;
            std::memcpy(to, from, 8);
            from += 8;
            to += 8;
        }
        for (int i = 0; i < 8 && from < stop; i++) {
            auto c = static_cast<unsigned char>(*from++);
            if (!needs_escape(c)) {
                *to++ = char(c);
                continue;
            }
            *to++ = '\\';
            switch (c) {
            case '"': *to++ = '"'; break;
            case '\\': *to++ = '\\'; break;
            case '\b': *to++ = 'b'; break;
            case '\f': *to++ = 'f'; break;
            case '\n': *to++ = 'n'; break;
            case '\r': *to++ = 'r'; break;
            case '\t': *to++ = 't'; break;
            default:
                std::memcpy(to, "u00", 3);
                to[3] = hex[c >> 4];
                to[4] = hex[c & 15];
                to += 5;
            }
        }
    }
    *to++ = '"';
    used += size_t(to - start);
}

}
