#pragma once

#include <charconv>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace martlet {

// Bytes that are appended to and cleared, never freed in between.
class Output {
public:
    std::string_view view() const { return {bytes.data(), used}; }
    size_t size() const { return used; }
    size_t capacity() const { return bytes.size(); }
    void clear() { used = 0; }
    void truncate(size_t size) { used = size; }
    void release() { used = 0; std::vector<char>().swap(bytes); }

    char *room(size_t count)
    {
        if (bytes.size() - used < count) bytes.resize((used + count) * 2);
        return bytes.data() + used;
    }
    void add(char c)
    {
        *room(1) = c;
        used++;
    }
    void add(std::string_view text)
    {
        if (text.empty()) return;
        std::memcpy(room(text.size()), text.data(), text.size());
        used += text.size();
    }
    template <class Number> void add_number(Number number)
    {
        char *at = room(40);
        used += size_t(std::to_chars(at, at + 40, number).ptr - at);
    }
    template <class Value> void add_raw(Value value)
    {
        std::memcpy(room(sizeof value), &value, sizeof value);
        used += sizeof value;
    }
    // The text as a JSON string, with the shortest escapes.
    void add_quoted(std::string_view text);

private:
    std::vector<char> bytes;
    size_t used = 0;
};

}
