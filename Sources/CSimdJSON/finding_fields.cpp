#include "finding_reader.hpp"

namespace martlet {

// The names of an object's keys that matter, as a function from a key to its index in the list.
#define KEYS(...)                                                                                                      \
    [](std::string_view key) {                                                                                         \
        static constexpr std::string_view names[] = {__VA_ARGS__};                                                     \
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {                                                    \
            if (names[i] == key) return int(i);                                                                        \
        }                                                                                                              \
        return -1;                                                                                                     \
    }

bool FindingReader::read_root(const dom::element &document, Parts &parts, martlet_finding &finding)
{
    Path root;
    auto keys = KEYS(
        "message", "metadata", "severity_id", "severity", "status", "status_code", "status_detail", "status_id",
        "unmapped", "finding_info", "resources", "class_uid", "cloud", "remediation", "risk_details", "time", "time_dt");
    return each(root, document, keys, [&](int key, const Path &at, const dom::element &value) {
        switch (key) {
        case 0: return text(at, value, parts.message);
        case 1: return read_metadata(at, value, parts);
        case 2: return integer(at, value, finding.severity_id);
        case 3: return text(at, value, finding.severity);
        case 4: return text(at, value, parts.status);
        case 5: return text(at, value, finding.status);
        case 6: return text(at, value, parts.status_detail);
        case 7: return integer(at, value, parts.status_id);
        case 8: return read_unmapped(at, value, parts, finding);
        case 9: return read_finding_info(at, value, parts, finding);
        case 10: parts.resources = value; return true;
        case 11: return integer(at, value, parts.class_uid);
        case 12: return read_cloud(at, value, parts, finding);
        case 13: return read_remediation(at, value, parts);
        case 14: parts.statements.set(Statement::risk, "/risk_details", value); return true;
        case 15: return number_time(at, value, finding.time);
        default: return text(at, value, finding.time.text);
        }
    });
}

bool FindingReader::read_metadata(const Path &path, const dom::element &value, Parts &parts)
{
    return each(path, value, KEYS("event_code", "product"), [&](int key, const Path &at, const dom::element &inner) {
        if (key == 0) return text(at, inner, parts.event_code);
        return each(at, inner, KEYS("uid", "name"), [&](int field, const Path &here, const dom::element &said) {
            return text(here, said, field == 0 ? parts.product_uid : parts.product_name);
        });
    });
}

bool FindingReader::read_finding_info(
    const Path &path, const dom::element &value, Parts &parts, martlet_finding &finding)
{
    auto keys = KEYS(
        "analytic", "attacks", "created_time", "created_time_dt", "desc", "first_seen_time", "first_seen_time_dt",
        "title", "types");
    return each(path, value, keys, [&](int key, const Path &at, const dom::element &inner) {
        switch (key) {
        case 0:
            return each(at, inner, KEYS("category", "uid"), [&](int field, const Path &here, const dom::element &said) {
                return text(here, said, field == 0 ? parts.category : parts.analytic_uid);
            });
        case 1: parts.statements.set(Statement::attacks, "/finding_info/attacks", inner); return true;
        case 2: return number_time(at, inner, finding.created);
        case 3: return text(at, inner, finding.created.text);
        case 4: parts.statements.set(Statement::description, "/finding_info/desc", inner); return true;
        case 5: return number_time(at, inner, finding.first_seen);
        case 6: return text(at, inner, finding.first_seen.text);
        case 7: return text(at, inner, parts.title);
        default: parts.statements.set(Statement::types, "/finding_info/types", inner); return true;
        }
    });
}

bool FindingReader::read_cloud(const Path &path, const dom::element &value, Parts &parts, martlet_finding &finding)
{
    auto keys = KEYS("account", "org", "provider", "region");
    return each(path, value, keys, [&](int key, const Path &at, const dom::element &inner) {
        switch (key) {
        case 0:
            return each(at, inner, KEYS("uid", "name"), [&](int field, const Path &here, const dom::element &said) {
                return text(here, said, field == 0 ? parts.account_uid : finding.account_name);
            });
        case 1:
            return each(at, inner, KEYS("uid", "name"), [&](int field, const Path &here, const dom::element &said) {
                return text(here, said, field == 0 ? finding.organization : finding.organization_name);
            });
        case 2: return text(at, inner, parts.cloud_provider);
        default: return text(at, inner, parts.cloud_region);
        }
    });
}

bool FindingReader::read_unmapped(const Path &path, const dom::element &value, Parts &parts, martlet_finding &finding)
{
    static const struct {
        Statement statement;
        const char *pointer;
    } said[] = {
        {Statement::additional_urls, "/unmapped/additional_urls"}, {Statement::categories, "/unmapped/categories"},
        {Statement::compliance, "/unmapped/compliance"},           {Statement::depends_on, "/unmapped/depends_on"},
        {Statement::notes, "/unmapped/notes"},                     {Statement::related_to, "/unmapped/related_to"},
        {Statement::related_url, "/unmapped/related_url"},
    };
    auto keys = KEYS(
        "additional_urls", "categories", "compliance", "depends_on", "notes", "related_to", "related_url", "provider",
        "provider_uid", "martlet");
    return each(path, value, keys, [&](int key, const Path &at, const dom::element &inner) {
        if (key < 7) {
            parts.statements.set(said[key].statement, said[key].pointer, inner);
            return true;
        }
        if (key == 7) return text(at, inner, parts.provider);
        if (key == 8) return text(at, inner, parts.provider_uid);
        // What Martlet itself adds when it writes OCSF.
        auto own = KEYS("failing_since", "sub_service", "remediation_code");
        return each(at, inner, own, [&](int field, const Path &here, const dom::element &added) {
            switch (field) {
            case 0: return text(here, added, finding.failing_since);
            case 1:
                parts.statements.set(Statement::sub_service, "/unmapped/martlet/sub_service", added);
                return true;
            default:
                parts.statements.set(Statement::remediation_code, "/unmapped/martlet/remediation_code", added);
                return true;
            }
        });
    });
}

bool FindingReader::read_remediation(const Path &path, const dom::element &value, Parts &parts)
{
    return each(path, value, KEYS("desc", "references"), [&](int key, const Path &, const dom::element &inner) {
        if (key == 0) {
            parts.statements.set(Statement::remediation_desc, "/remediation/desc", inner);
        } else {
            parts.statements.set(Statement::remediation_references, "/remediation/references", inner);
        }
        return true;
    });
}

}
