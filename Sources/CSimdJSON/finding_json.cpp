#include "finding_json.hpp"

#include <algorithm>

namespace martlet {

const char *kind_of(const dom::element &value)
{
    switch (value.type()) {
    case dom::element_type::ARRAY: return "an array";
    case dom::element_type::OBJECT: return "an object";
    case dom::element_type::STRING: return "text";
    case dom::element_type::BOOL: return "true or false";
    case dom::element_type::NULL_VALUE: return "null";
    default: return "a number";
    }
}

static void write_double(double number, Output &output)
{
    size_t before = output.size();
    output.add_number(number);
    // A number that was written as a fraction stays one.
    if (output.view().substr(before).find_first_of(".e") == std::string_view::npos) output.add(".0");
}

bool CanonicalWriter::write(const dom::element &value, const Path &path, Output &output, Problem &problem)
{
    switch (value.type()) {
    case dom::element_type::ARRAY: {
        output.add('[');
        size_t index = 0;
        for (dom::element item : dom::array(value)) {
            if (index > 0) output.add(',');
            if (!write(item, Path(path, index), output, problem)) return false;
            index++;
        }
        output.add(']');
        return true;
    }
    case dom::element_type::OBJECT: {
        size_t first = members.size();
        for (dom::key_value_pair field : dom::object(value)) members.push_back({field.key, field.value});
        auto begin = members.begin() + long(first);
        auto by_key = [](const Member &a, const Member &b) { return a.key < b.key; };
        if (!std::is_sorted(begin, members.end(), by_key)) std::sort(begin, members.end(), by_key);
        size_t last = members.size();
        output.add('{');
        for (size_t i = first; i < last; i++) {
            // By value: the vector may move while the members below are written.
            Member member = members[i];
            if (i > first) {
                if (members[i - 1].key == member.key) {
                    problem = {Path(path, member.key).pointer(), "the key stands more than once"};
                    members.clear();
                    return false;
                }
                output.add(',');
            }
            output.add_quoted(member.key);
            output.add(':');
            if (!write(member.value, Path(path, member.key), output, problem)) return false;
        }
        output.add('}');
        members.resize(first);
        return true;
    }
    case dom::element_type::STRING: output.add_quoted(std::string_view(value)); return true;
    case dom::element_type::INT64: output.add_number(int64_t(value)); return true;
    case dom::element_type::UINT64: output.add_number(uint64_t(value)); return true;
    case dom::element_type::DOUBLE: write_double(double(value), output); return true;
    case dom::element_type::BOOL: output.add(bool(value) ? "true" : "false"); return true;
    case dom::element_type::NULL_VALUE: output.add("null"); return true;
    }
    return true;
}

void write_raw(const dom::element &value, Output &output)
{
    output.add(char(value.type()));
    switch (value.type()) {
    case dom::element_type::ARRAY:
        for (dom::element item : dom::array(value)) write_raw(item, output);
        output.add(')');
        break;
    case dom::element_type::OBJECT:
        for (dom::key_value_pair field : dom::object(value)) {
            output.add_raw(uint32_t(field.key.size()));
            output.add(field.key);
            write_raw(field.value, output);
        }
        output.add_raw(UINT32_MAX);
        break;
    case dom::element_type::STRING: {
        std::string_view text(value);
        output.add_raw(uint32_t(text.size()));
        output.add(text);
        break;
    }
    case dom::element_type::INT64: output.add_raw(int64_t(value)); break;
    case dom::element_type::UINT64: output.add_raw(uint64_t(value)); break;
    case dom::element_type::DOUBLE: output.add_raw(double(value)); break;
    case dom::element_type::BOOL: output.add(bool(value) ? '1' : '0'); break;
    case dom::element_type::NULL_VALUE: break;
    }
}

bool find_nul(const dom::element &value, const Path &path, std::string &pointer)
{
    auto has_nul = [](std::string_view text) { return text.find('\0') != std::string_view::npos; };
    switch (value.type()) {
    case dom::element_type::ARRAY: {
        size_t index = 0;
        for (dom::element item : dom::array(value)) {
            if (find_nul(item, Path(path, index++), pointer)) return true;
        }
        return false;
    }
    case dom::element_type::OBJECT:
        for (dom::key_value_pair field : dom::object(value)) {
            Path here(path, field.key);
            if (has_nul(field.key)) {
                pointer = here.pointer();
                return true;
            }
            if (find_nul(field.value, here, pointer)) return true;
        }
        return false;
    case dom::element_type::STRING:
        if (!has_nul(std::string_view(value))) return false;
        pointer = path.pointer();
        return true;
    default: return false;
    }
}

}
