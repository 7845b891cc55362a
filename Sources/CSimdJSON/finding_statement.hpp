#pragma once

#include <cstdint>
#include <string_view>

#include "finding_text.hpp"

namespace martlet {

// What identifies a statement without reading it: a hash of everything it says but when and in which run it was said.
struct StatementScan {
    // 0 when the statement's form leaves a doubt, so that it must be read.
    uint64_t hash = 0;
    // `finding_info.created_time_dt`; empty when there is none.
    std::string_view created;
};

// Scans a parsed document, which is `tape` and `strings` as simdjson lays them out. The key is secret to the store: who
// does not know it cannot make two statements alike.
StatementScan scan_statement(const uint64_t *tape, const uint8_t *strings, const uint64_t key[4]);

}
