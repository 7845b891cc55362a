#include "finding_statement.hpp"

#include <cstring>

namespace martlet {

namespace {

uint64_t fold(uint64_t a, uint64_t b)
{
    __uint128_t product = static_cast<__uint128_t>(a) * b;
    return uint64_t(product) ^ uint64_t(product >> 64);
}

// A keyed hash of folded products: many bytes a cycle, and without the key nobody can tell which inputs collide.
class Mixer {
public:
    explicit Mixer(const uint64_t key[4]) : first(key[0]), second(key[1]), third(key[2]), fourth(key[3]) {}

    void add(const uint8_t *bytes, size_t length)
    {
        add(length);
        while (length >= 32) {
            block(bytes);
            bytes += 32;
            length -= 32;
        }
        if (length == 0) return;
        uint8_t rest[32] = {};
        std::memcpy(rest, bytes, length);
        block(rest);
    }

    void add(uint64_t word) { left = fold(left ^ third, word ^ first) + word; }

    uint64_t value() const
    {
        uint64_t result = fold(left ^ second, right ^ fourth);
        return fold(result ^ first, 0x9e3779b97f4a7c15) ^ result;
    }

private:
    void block(const uint8_t *bytes)
    {
        uint64_t words[4];
        std::memcpy(words, bytes, sizeof words);
        left = fold(words[0] ^ first, words[1] ^ left);
        right = fold(words[2] ^ second, words[3] ^ right);
    }

    uint64_t first, second, third, fourth;
    uint64_t left = 0x243f6a8885a308d3, right = 0x13198a2e03707344;
};

class Walk {
public:
    Walk(const uint64_t *tape, const uint8_t *strings, const uint64_t key[4])
        : tape(tape), strings(strings), mixer(key)
    {
    }

    StatementScan run()
    {
        if (type(1) != '{') return {};
        members(1, Level::root);
        if (doubtful || created.empty()) return {};
        uint64_t hash = mixer.value();
        return {hash == 0 ? 1 : hash, created};
    }

private:
    enum class Level { root, finding_info, unmapped };

    char type(size_t at) const { return char(tape[at] >> 56); }
    uint64_t payload(size_t at) const { return tape[at] & 0x00ffffffffffffff; }

    std::string_view text(size_t at) const
    {
        const uint8_t *start = strings + payload(at);
        uint32_t length;
        std::memcpy(&length, start, sizeof length);
        return {reinterpret_cast<const char *>(start + sizeof length), length};
    }

    size_t after(size_t at) const
    {
        switch (type(at)) {
        case '{':
        case '[': return size_t(payload(at) & 0xffffffff);
        case 'l':
        case 'u':
        case 'd': return at + 2;
        default: return at + 1;
        }
    }

    void members(size_t object, Level level)
    {
        size_t stop = after(object) - 1;
        for (size_t at = object + 1; at < stop;) {
            std::string_view key = text(at);
            size_t value = at + 1, next = after(value);
            if (level == Level::root && key == "finding_info" && type(value) == '{') {
                mixer.add('I');
                members(value, Level::finding_info);
            } else if (level == Level::root && key == "unmapped" && type(value) == '{') {
                mixer.add('U');
                members(value, Level::unmapped);
            } else if (!is_volatile(level, key, value)) {
                subtree(at, next);
            }
            at = next;
        }
        mixer.add('}');
    }

    // Left out of the hash are exactly the members that say when and in which run; in any other form than a scanner gives
    // them they must be read.
    bool is_volatile(Level level, std::string_view key, size_t value)
    {
        int member = -1;
        bool is_text = false;
        if (level == Level::root) {
            if (key == "time") member = 0;
            if (key == "time_dt") member = 1, is_text = true;
        } else if (level == Level::finding_info) {
            if (key == "created_time") member = 2;
            if (key == "created_time_dt") member = 3, is_text = true;
        } else if (key == "scan_id") {
            member = 4, is_text = true;
        }
        if (member < 0) return false;
        char found = type(value);
        bool fits = is_text ? found == '"' : found == 'l' || found == 'u' || found == 'd';
        if (!fits || (seen & (1u << member))) doubtful = true;
        seen |= 1u << member;
        if (member == 3 && fits) created = text(value);
        return true;
    }

    // The texts of a subtree lie side by side; with the types of its values and its numbers they say all of it.
    void subtree(size_t start, size_t stop)
    {
        const uint8_t *first = nullptr, *last = nullptr;
        uint64_t types = 0;
        unsigned count = 0;
        for (size_t at = start; at < stop; at++) {
            char kind = type(at);
            types = types << 8 | uint8_t(kind);
            if (++count == 8) {
                mixer.add(types);
                types = count = 0;
            }
            if (kind == '"') {
                std::string_view found = text(at);
                auto *bytes = reinterpret_cast<const uint8_t *>(found.data());
                if (!first) first = bytes - sizeof(uint32_t);
                last = bytes + found.size();
            } else if (kind == 'l' || kind == 'u' || kind == 'd') {
                mixer.add(tape[++at]);
            }
        }
        mixer.add(types << 8 | count);
        if (first) mixer.add(first, size_t(last - first));
    }

    const uint64_t *tape;
    const uint8_t *strings;
    Mixer mixer;
    std::string_view created;
    unsigned seen = 0;
    bool doubtful = false;
};

}

StatementScan scan_statement(const uint64_t *tape, const uint8_t *strings, const uint64_t key[4])
{
    return Walk(tape, strings, key).run();
}

}
