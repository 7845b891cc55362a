#pragma once

#include <simdjson.h>

#include <string>
#include <vector>

#include "finding_path.hpp"
#include "finding_text.hpp"

namespace martlet {

namespace dom = simdjson::dom;

struct Problem {
    std::string pointer, message;
};

// `an object`, `text`, …
const char *kind_of(const dom::element &value);

// Writes canonical JSON: keys sorted by their bytes, no white space.
class CanonicalWriter {
public:
    // False when an object repeats a key; `problem` then says where.
    bool write(const dom::element &value, const Path &path, Output &output, Problem &problem);
    // One object with very many members must not keep its memory for the rest of the file.
    void trim()
    {
        if (members.capacity() > 10000) std::vector<Member>().swap(members);
    }

private:
    struct Member {
        std::string_view key;
        dom::element value;
    };
    // The members of the objects under way, the innermost last.
    std::vector<Member> members;
};

// Writes a form that is equal for two values only if the values are equal, without sorting or escaping: what to compare
// with what was seen before.
void write_raw(const dom::element &value, Output &output);

// Where the first U+0000 of a document is; false when it has none.
bool find_nul(const dom::element &value, const Path &path, std::string &pointer);

}
