#ifndef MARTLET_FINDING_H
#define MARTLET_FINDING_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// Reads one OCSF Detection Finding. All texts are valid UTF-8 without U+0000, belong to the parser and hold until its
// next parse.

typedef struct martlet_finding_parser martlet_finding_parser;

// `bytes` is null where the document had nothing.
typedef struct {
    const char *bytes;
    size_t length;
} martlet_finding_text;

typedef struct {
    martlet_finding_text key, value;
} martlet_finding_tag;

// A time as text, as a number, or both; in milliseconds since 1970.
typedef struct {
    martlet_finding_text text;
    int64_t milliseconds;
    int has_number;
} martlet_finding_time;

typedef struct {
    martlet_finding_text uid, name, type, service, partition;
    // Canonical JSON.
    martlet_finding_text data;
    // Ranges of the finding's regions and tags.
    size_t first_region, region_count, first_tag, tag_count;
} martlet_finding_resource;

typedef struct {
    martlet_finding_text check, provider, account, status, severity, detail, product;
    martlet_finding_text account_name, organization, organization_name;
    // 0 when the document has none.
    int64_t severity_id;
    int muted;
    martlet_finding_time created, time, first_seen;
    martlet_finding_text failing_since;

    // Never none: a finding without resources has one whose uid is empty.
    const martlet_finding_resource *resources;
    size_t resource_count;
    // Of each resource: sorted by bytes, without repetition or empty texts.
    const martlet_finding_text *regions;
    // Of each resource: sorted by bytes, without repetition.
    const martlet_finding_tag *tags;

    // What the document says of the check. The same slot stands for the same content until it is given with
    // `metadata_is_new`; -1 is content too large to remember. Only new content has the three texts.
    int32_t metadata_slot;
    int metadata_is_new;
    // All slots given before are void.
    int metadata_cleared;
    martlet_finding_text title, service, metadata;

    // A hash of everything the document says but when and in which run it was said; 0 when it must be read. And when it
    // was said.
    uint64_t statement;
    martlet_finding_text statement_time;

    // Why the document was refused.
    martlet_finding_text problem_pointer, problem;
} martlet_finding;

enum {
    MARTLET_FINDING_OK = 0,
    MARTLET_FINDING_REFUSED = 1,
    MARTLET_FINDING_NO_MEMORY = 2,
};

// Slots run from 0 to this.
enum { MARTLET_FINDING_SLOTS = 4096 };

// Returns null when memory is short.
martlet_finding_parser *martlet_finding_parser_create(void);
void martlet_finding_parser_destroy(martlet_finding_parser *parser);

// The secret under which statements are hashed.
void martlet_finding_set_key(martlet_finding_parser *parser, const uint64_t key[4]);

// Parses a document and sets `statement` and `statement_time`, or what is wrong with it. At least 64 bytes behind `bytes + length` must be readable.
int martlet_finding_parse(
    martlet_finding_parser *parser, const uint8_t *bytes, size_t length, martlet_finding *finding);

// Reads everything else out of the document that was parsed last.
int martlet_finding_read(martlet_finding_parser *parser, martlet_finding *finding);

#ifdef __cplusplus
}
#endif

#endif
