#include <algorithm>

#include "finding_reader.hpp"

namespace martlet {

static bool same(const martlet_finding_tag &a, const martlet_finding_tag &b)
{
    return view(a.key) == view(b.key) && view(a.value) == view(b.value);
}

static bool before(const martlet_finding_tag &a, const martlet_finding_tag &b)
{
    int order = view(a.key).compare(view(b.key));
    return order < 0 || (order == 0 && view(a.value) < view(b.value));
}

// A label is `key:value`. Keys of AWS itself contain colons: `aws:cloudformation:stack-name`.
bool FindingReader::read_label(const Path &path, const dom::element &value)
{
    std::string_view label;
    if (value.get(label)) return expected(path, "text", value);
    if (label.empty()) return true;
    if (tags.size() == maximum_texts) return fail(path, "the finding has more than 100000 labels");
    size_t colon = label.find(':');
    if (label.substr(0, 4) == "aws:") {
        size_t second = label.find(':', 4);
        size_t third = second == std::string_view::npos ? second : label.find(':', second + 1);
        colon = third == std::string_view::npos ? second : third;
    }
    if (colon == std::string_view::npos) {
        tags.push_back({text_of(label), {}});
    } else {
        tags.push_back({text_of(label.substr(0, colon)), text_of(label.substr(colon + 1))});
    }
    return true;
}

bool FindingReader::read_tag(const Path &path, const dom::element &value)
{
    if (tags.size() == maximum_texts) return fail(path, "the finding has more than 100000 tags");
    martlet_finding_tag tag{};
    auto keys = [](std::string_view key) { return key == "name" ? 0 : key == "value" ? 1 : -1; };
    bool read = each(path, value, keys, [&](int key, const Path &at, const dom::element &inner) {
        return text(at, inner, key == 0 ? tag.key : tag.value);
    });
    if (!read) return false;
    if (tag.key.length > 0 || tag.value.length > 0) tags.push_back(tag);
    return true;
}

bool FindingReader::read_regions(const Path &path, const dom::element &value)
{
    if (value.is_array()) {
        return each_item(path, value, [&](const Path &at, const dom::element &item) {
            if (regions.size() == maximum_texts) return fail(at, "the finding has more than 100000 regions");
            Text name{};
            if (!text(at, item, name)) return false;
            if (name.length > 0) regions.push_back(name);
            return true;
        });
    }
    Text name{};
    if (!value.is_string() && !value.is_null()) return expected(path, "text or an array of texts", value);
    if (!text(path, value, name)) return false;
    if (name.length > 0) regions.push_back(name);
    return true;
}

static bool says_nothing(std::string_view data)
{
    return data == "{}" || data == "null" || data == "\"\"" || data == "[]"
        || data == "{\"details\":\"\",\"metadata\":{}}";
}

bool FindingReader::read_resource(const Path &path, const dom::element &value, const Parts &parts)
{
    martlet_finding_resource resource{};
    resource.first_region = regions.size();
    resource.first_tag = tags.size();
    size_t data_start = data.size();
    Text group{}, space{};
    auto keys = [](std::string_view key) {
        static constexpr std::string_view names[] = {
            "cloud_partition", "region", "data", "group", "labels", "name", "type", "uid", "namespace", "tags"};
        for (int i = 0; i < 10; i++) {
            if (names[i] == key) return i;
        }
        return -1;
    };
    if (!value.is_object()) return expected(path, "an object", value);
    bool read = each(path, value, keys, [&](int key, const Path &at, const dom::element &inner) {
        switch (key) {
        case 0: return text(at, inner, resource.partition);
        case 1: return read_regions(at, inner);
        case 2: {
            if (!canonical.write(inner, at, data, problem)) return false;
            if (says_nothing(data.view().substr(data_start))) data.truncate(data_start);
            return true;
        }
        case 3: {
            auto name = [](std::string_view inside) { return inside == "name" ? 0 : -1; };
            return each(at, inner, name, [&](int, const Path &here, const dom::element &said) {
                return text(here, said, group);
            });
        }
        case 4: return each_item(at, inner, [&](const Path &here, const dom::element &item) {
            return read_label(here, item);
        });
        case 5: return text(at, inner, resource.name);
        case 6: return text(at, inner, resource.type);
        case 7: return text(at, inner, resource.uid);
        case 8: return text(at, inner, space);
        default: return each_item(at, inner, [&](const Path &here, const dom::element &item) {
            return read_tag(here, item);
        });
        }
    });
    if (!read) return false;
    if (regions.size() == resource.first_region && space.length > 0) regions.push_back(space);
    resource.service = group;
    close_resource(resource, parts);
    resources.push_back(resource);
    data_ranges.push_back({data_start, data.size() - data_start});
    return true;
}

void FindingReader::close_resource(martlet_finding_resource &resource, const Parts &parts)
{
    if (resource.service.length == 0) resource.service = parts.category;
    if (regions.size() == resource.first_region && parts.cloud_region.length > 0) {
        regions.push_back(parts.cloud_region);
    }
    auto first_region = regions.begin() + long(resource.first_region);
    if (regions.end() - first_region > 1) {
        std::sort(first_region, regions.end(), [](const Text &a, const Text &b) { return view(a) < view(b); });
        auto equal = [](const Text &a, const Text &b) { return view(a) == view(b); };
        regions.erase(std::unique(first_region, regions.end(), equal), regions.end());
    }
    auto first_tag = tags.begin() + long(resource.first_tag);
    if (!std::is_sorted(first_tag, tags.end(), before)) std::sort(first_tag, tags.end(), before);
    tags.erase(std::unique(first_tag, tags.end(), same), tags.end());
    resource.region_count = regions.size() - resource.first_region;
    resource.tag_count = tags.size() - resource.first_tag;
}

bool FindingReader::read_resources(const Parts &parts, martlet_finding &finding)
{
    // One large element must not keep its memory for the rest of the file.
    if (data.capacity() > size_t(1) << 20) data.release();
    canonical.trim();
    data.clear();
    resources.clear();
    data_ranges.clear();
    regions.clear();
    tags.clear();
    if (parts.resources) {
        Path root, path(root, "resources");
        bool read = each_item(path, *parts.resources, [&](const Path &at, const dom::element &item) {
            if (resources.size() == maximum_resources) return fail(at, "the finding has more than 10000 resources");
            return read_resource(at, item, parts);
        });
        if (!read) return false;
    }
    if (resources.empty()) {
        martlet_finding_resource none{};
        close_resource(none, parts);
        resources.push_back(none);
        data_ranges.push_back({0, 0});
    }
    for (size_t i = 0; i < resources.size(); i++) {
        resources[i].data = text_of(data.view().substr(data_ranges[i].first, data_ranges[i].second));
    }
    finding.resources = resources.data();
    finding.resource_count = resources.size();
    finding.regions = regions.data();
    finding.tags = tags.data();
    return true;
}

}
