#include "finding_reader.hpp"

#include <cmath>

namespace martlet {

bool FindingReader::fail(const Path &path, std::string message)
{
    problem = {path.pointer(), std::move(message)};
    return false;
}

bool FindingReader::expected(const Path &path, const char *what, const dom::element &found)
{
    return fail(path, std::string("expected ") + what + ", found " + kind_of(found));
}

bool FindingReader::text(const Path &path, const dom::element &value, Text &result)
{
    std::string_view text;
    if (!value.get(text)) {
        result = text_of(text);
        return true;
    }
    return value.is_null() || expected(path, "text", value);
}

bool FindingReader::integer(const Path &path, const dom::element &value, int64_t &result)
{
    return !value.get(result) || value.is_null() || expected(path, "a whole number", value);
}

// OCSF means milliseconds, Prowler writes seconds; from 10^11 (in seconds the year 5138) on it is milliseconds.
bool FindingReader::number_time(const Path &path, const dom::element &value, Time &result)
{
    if (value.is_null()) return true;
    double number;
    if (value.get(number)) return expected(path, "a number", value);
    double milliseconds = std::fabs(number) >= 1e11 ? number : number * 1000;
    if (std::fabs(milliseconds) > 1e15) return fail(path, "the time lies outside the years 1 to 9999");
    result.milliseconds = int64_t(std::floor(milliseconds));
    result.has_number = 1;
    return true;
}

bool FindingReader::require(martlet_finding_text value, const char *pointer, const char *what)
{
    if (value.length > 0) return true;
    problem = {pointer, std::string(what) + " is missing"};
    return false;
}

static martlet_finding_text first_of(martlet_finding_text first, martlet_finding_text second)
{
    return first.length > 0 ? first : second;
}

bool FindingReader::finish(Parts &parts, martlet_finding &finding)
{
    if (parts.class_uid != 2004) {
        problem = {"/class_uid", parts.class_uid == 0 ? "the class is missing; 2004 (Detection Finding) was expected"
                                                      : "only class 2004 (Detection Finding) can be read"};
        return false;
    }
    finding.check = first_of(parts.event_code, parts.analytic_uid);
    finding.provider = first_of(parts.provider, parts.cloud_provider);
    finding.account = first_of(parts.account_uid, parts.provider_uid);
    finding.detail = first_of(parts.status_detail, parts.message);
    finding.product = first_of(parts.product_uid, parts.product_name);
    finding.muted = parts.status_id == 3 || view(parts.status) == "Suppressed";
    finding.title = parts.title;
    if (!require(finding.check, "/metadata/event_code", "the check's id")) return false;
    if (!require(finding.provider, "/unmapped/provider", "the provider")) return false;
    if (!require(finding.account, "/cloud/account/uid", "the account's id")) return false;
    if (!require(finding.status, "/status_code", "the status")) return false;
    if (finding.severity.length == 0 && finding.severity_id < 0) {
        problem = {"/severity", "the severity is missing"};
        return false;
    }
    if (!read_resources(parts, finding)) return false;
    // A check of one service may look at a resource of another, so the check's own statement comes first.
    finding.service = parts.category.length > 0 ? parts.category : resources.front().service;
    MetadataCache::Result result;
    bool usable = cache.look_up(
        view(finding.check), view(finding.service), view(finding.title), parts.statements, canonical, result, problem);
    if (!usable) return false;
    finding.metadata_slot = result.slot;
    finding.metadata_is_new = result.is_new;
    finding.metadata_cleared = result.cleared;
    if (result.is_new) finding.metadata = text_of(cache.document.view());
    return true;
}

bool FindingReader::read(const dom::element &document, martlet_finding &finding)
{
    Parts parts;
    finding = {};
    finding.severity_id = -1;
    if (!document.is_object()) return expected(Path(), "an object", document);
    return read_root(document, parts, finding) && finish(parts, finding);
}

}
