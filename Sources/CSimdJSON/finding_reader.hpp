#pragma once

#include <optional>

#include "finding_json.hpp"
#include "finding_metadata.hpp"
#include "martlet_finding.h"

namespace martlet {

// Fills a martlet_finding from a parsed document. Every function is false once `problem` is set.
class FindingReader {
public:
    Problem problem;

    bool read(const dom::element &document, martlet_finding &finding);

private:
    using Text = martlet_finding_text;
    using Time = martlet_finding_time;

    // Limits that keep one element of 16 MiB from becoming gigabytes of observations.
    static const size_t maximum_resources = 10000, maximum_texts = 100000;

    CanonicalWriter canonical;
    MetadataCache cache;
    Output data;
    std::vector<martlet_finding_resource> resources;
    // Where each resource's data lies in `data`, which moves while it grows.
    std::vector<std::pair<size_t, size_t>> data_ranges;
    std::vector<Text> regions;
    std::vector<martlet_finding_tag> tags;

    // What is needed across parts of the document, in whatever order they come.
    struct Parts {
        int64_t class_uid = 0, status_id = 0;
        Text event_code{}, analytic_uid{}, category{}, title{}, status{}, message{}, status_detail{};
        Text provider{}, cloud_provider{}, provider_uid{}, account_uid{}, cloud_region{};
        Text product_uid{}, product_name{};
        std::optional<dom::element> resources;
        Statements statements;
    };

    bool fail(const Path &path, std::string message);
    bool expected(const Path &path, const char *what, const dom::element &found);
    bool text(const Path &path, const dom::element &value, Text &result);
    bool integer(const Path &path, const dom::element &value, int64_t &result);
    bool number_time(const Path &path, const dom::element &value, Time &result);
    template <class Keys, class Take>
    bool each(const Path &path, const dom::element &value, Keys keys, Take take);
    template <class Take> bool each_item(const Path &path, const dom::element &value, Take take);

    bool read_root(const dom::element &document, Parts &parts, martlet_finding &finding);
    bool read_metadata(const Path &path, const dom::element &value, Parts &parts);
    bool read_finding_info(const Path &path, const dom::element &value, Parts &parts, martlet_finding &finding);
    bool read_cloud(const Path &path, const dom::element &value, Parts &parts, martlet_finding &finding);
    bool read_unmapped(const Path &path, const dom::element &value, Parts &parts, martlet_finding &finding);
    bool read_remediation(const Path &path, const dom::element &value, Parts &parts);
    bool finish(Parts &parts, martlet_finding &finding);
    bool require(martlet_finding_text value, const char *pointer, const char *what);

    bool read_resources(const Parts &parts, martlet_finding &finding);
    bool read_resource(const Path &path, const dom::element &value, const Parts &parts);
    bool read_regions(const Path &path, const dom::element &value);
    bool read_label(const Path &path, const dom::element &value);
    bool read_tag(const Path &path, const dom::element &value);
    void close_resource(martlet_finding_resource &resource, const Parts &parts);
};

inline std::string_view view(const martlet_finding_text &text) { return {text.bytes, text.length}; }
inline martlet_finding_text text_of(std::string_view text) { return {text.data(), text.size()}; }

// `key` is one of the texts; the compiler turns a chain of these into comparisons of lengths first.
template <class Keys, class Take>
bool FindingReader::each(const Path &path, const dom::element &value, Keys keys, Take take)
{
    if (value.is_null()) return true;
    dom::object object;
    if (value.get(object)) return expected(path, "an object", value);
    uint64_t seen = 0;
    for (dom::key_value_pair field : object) {
        int key = keys(field.key);
        if (key < 0) continue;
        Path here(path, field.key);
        if (seen >> key & 1) return fail(here, "the key stands more than once");
        seen |= uint64_t(1) << key;
        if (!take(key, here, field.value)) return false;
    }
    return true;
}

template <class Take> bool FindingReader::each_item(const Path &path, const dom::element &value, Take take)
{
    if (value.is_null()) return true;
    dom::array array;
    if (value.get(array)) return expected(path, "an array", value);
    size_t index = 0;
    for (dom::element item : array) {
        if (!take(Path(path, index++), item)) return false;
    }
    return true;
}

}
