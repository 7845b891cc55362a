#pragma once

#include <string>
#include <string_view>

namespace martlet {

// A JSON pointer under construction: each level points at the one above, so that nothing is built until it is needed.
struct Path {
    const Path *above = nullptr;
    std::string_view key;
    long index = -1;

    Path() = default;
    Path(const Path &above, std::string_view key) : above(&above), key(key) {}
    Path(const Path &above, size_t index) : above(&above), index(long(index)) {}

    std::string pointer() const
    {
        if (!above) return {};
        std::string text = above->pointer() + "/";
        if (index >= 0) return text + std::to_string(index);
        for (char c : key) {
            // A pointer is for people; a key that cannot be printed in one line is cut short.
            if (text.size() > 300) return text + "…";
            if (c == '~') text += "~0";
            else if (c == '/') text += "~1";
            else if (static_cast<unsigned char>(c) < 0x20) text += '?';
            else text += c;
        }
        return text;
    }
};

}
