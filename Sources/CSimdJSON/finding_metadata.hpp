#pragma once

#include <array>
#include <optional>
#include <unordered_map>

#include "finding_json.hpp"

namespace martlet {

// What a document can say of a check, in the order of the canonical document's keys.
enum class Statement {
    additional_urls, attacks, categories, compliance, depends_on, description, notes, related_to, related_url,
    remediation_code, remediation_desc, remediation_references, risk, sub_service, types, count,
};

struct Statements {
    struct Said {
        std::optional<dom::element> value;
        // The JSON pointer, for errors.
        const char *pointer = "";
    };
    std::array<Said, size_t(Statement::count)> said;

    void set(Statement statement, const char *pointer, const dom::element &value)
    {
        said[size_t(statement)] = {value, pointer};
    }
};

// Remembers per check what was last said of it, so that only new content is written out as a document.
class MetadataCache {
public:
    struct Result {
        int32_t slot = -1;
        bool is_new = true, cleared = false;
    };

    // False when the content is unusable. The document is in `document` when it is new.
    bool look_up(
        std::string_view check, std::string_view service, std::string_view title, const Statements &statements,
        CanonicalWriter &writer, Result &result, Problem &problem);

    Output document;

private:
    struct Entry {
        std::string block;
        int32_t slot;
    };
    static const size_t maximum_block = 256 << 10, maximum_total = 16 << 20;

    std::unordered_map<std::string, Entry> entries;
    size_t total = 0;
    Output block;
    std::string key;

    bool write_document(const Statements &statements, CanonicalWriter &writer, Problem &problem);
};

}
