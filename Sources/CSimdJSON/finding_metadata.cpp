#include "finding_metadata.hpp"

#include "martlet_finding.h"

namespace martlet {

namespace {

enum class Shape { text, list, any_list, map_of_lists, map_of_texts };

struct Slot {
    Statement statement;
    const char *key;
    Shape shape;
};

// Sorted by key, as the document is. Remediation is an object of its own and written where its parts are met.
const Slot slots[] = {
    {Statement::additional_urls, "additional_urls", Shape::list},
    {Statement::attacks, "attacks", Shape::any_list},
    {Statement::categories, "categories", Shape::list},
    {Statement::compliance, "compliance", Shape::map_of_lists},
    {Statement::depends_on, "depends_on", Shape::list},
    {Statement::description, "description", Shape::text},
    {Statement::notes, "notes", Shape::text},
    {Statement::related_to, "related_to", Shape::list},
    {Statement::related_url, "related_url", Shape::text},
    {Statement::remediation_code, "code", Shape::map_of_texts},
    {Statement::remediation_desc, "desc", Shape::text},
    {Statement::remediation_references, "references", Shape::list},
    {Statement::risk, "risk", Shape::text},
    {Statement::sub_service, "sub_service", Shape::text},
    {Statement::types, "types", Shape::list},
};

bool is_remediation(Statement statement)
{
    return statement == Statement::remediation_code || statement == Statement::remediation_desc
        || statement == Statement::remediation_references;
}

const char *wrong_text(const dom::element &value) { return value.is_string() ? nullptr : "text was expected"; }

const char *wrong_list(const dom::element &value)
{
    dom::array array;
    if (value.get(array)) return "an array of texts was expected";
    for (dom::element item : array) {
        if (!item.is_string()) return "an array of texts was expected";
    }
    return nullptr;
}

// What is wrong with the value's form; null when nothing is.
const char *wrong_shape(const dom::element &value, Shape shape)
{
    dom::object object;
    switch (shape) {
    case Shape::text: return wrong_text(value);
    case Shape::list: return wrong_list(value);
    case Shape::any_list: return value.is_array() ? nullptr : "an array was expected";
    default: break;
    }
    if (value.get(object)) return "an object was expected";
    for (dom::key_value_pair field : object) {
        if (shape == Shape::map_of_lists && wrong_list(field.value)) return "an object of arrays of texts was expected";
        if (shape == Shape::map_of_texts && wrong_text(field.value)) return "an object of texts was expected";
    }
    return nullptr;
}

bool says_nothing(const dom::element &value)
{
    std::string_view text;
    dom::array array;
    dom::object object;
    if (value.is_null()) return true;
    if (!value.get(text)) return text.empty();
    if (!value.get(array)) return array.begin() == array.end();
    if (!value.get(object)) return object.begin() == object.end();
    return false;
}

}

bool MetadataCache::write_document(const Statements &statements, CanonicalWriter &writer, Problem &problem)
{
    if (document.capacity() > maximum_block * 4) document.release();
    document.clear();
    document.add('{');
    bool in_remediation = false;
    for (const Slot &slot : slots) {
        const auto &said = statements.said[size_t(slot.statement)];
        if (in_remediation && !is_remediation(slot.statement)) {
            document.add('}');
            in_remediation = false;
        }
        if (!said.value || says_nothing(*said.value)) continue;
        if (const char *wrong = wrong_shape(*said.value, slot.shape)) {
            problem = {said.pointer, std::string(wrong) + ", found " + kind_of(*said.value)};
            return false;
        }
        if (document.view().back() != '{') document.add(',');
        if (!in_remediation && is_remediation(slot.statement)) {
            document.add("\"remediation\":{");
            in_remediation = true;
        }
        document.add_quoted(slot.key);
        document.add(':');
        if (!writer.write(*said.value, Path(), document, problem)) {
            problem.pointer = said.pointer + problem.pointer;
            return false;
        }
    }
    document.add('}');
    return true;
}

bool MetadataCache::look_up(
    std::string_view check, std::string_view service, std::string_view title, const Statements &statements,
    CanonicalWriter &writer, Result &result, Problem &problem)
{
    block.clear();
    for (std::string_view text : {service, title}) {
        block.add_raw(uint32_t(text.size()));
        block.add(text);
    }
    for (size_t i = 0; i < statements.said.size(); i++) {
        if (!statements.said[i].value) continue;
        block.add(char(i));
        write_raw(*statements.said[i].value, block);
    }
    key.assign(check);
    auto found = entries.find(key);
    if (found != entries.end() && found->second.block == block.view()) {
        result = {found->second.slot, false, false};
        return true;
    }
    if (!write_document(statements, writer, problem)) return false;
    result = {};
    size_t size = block.size() + key.size();
    if (size > maximum_block) {
        // A large document leaves no large buffers behind.
        block.release();
        return true;
    }
    size_t replaced = found == entries.end() ? 0 : found->second.block.size() + key.size();
    if (total - replaced + size > maximum_total || (!replaced && entries.size() == MARTLET_FINDING_SLOTS)) {
        entries.clear();
        total = replaced = 0;
        result.cleared = true;
        found = entries.end();
    }
    if (found == entries.end()) found = entries.emplace(key, Entry{{}, int32_t(entries.size())}).first;
    found->second.block.assign(block.view());
    total += size - replaced;
    result.slot = found->second.slot;
    return true;
}

}
