#include "martlet_finding.h"

#include <memory>
#include <new>

#include "finding_reader.hpp"
#include "finding_statement.hpp"

using namespace martlet;

struct martlet_finding_parser {
    dom::parser usual;
    // For elements beyond `large`, whose buffers are not kept: a parser needs many times the size of its document.
    std::unique_ptr<dom::parser> once;
    FindingReader reader;

    static const size_t large = 1 << 20;

    // The document that was parsed last.
    dom::element document;
    bool is_parsed = false;
    uint64_t key[4] = {};

    StatementScan scan() const
    {
        const dom::document &parsed = (once ? *once : usual).doc;
        return scan_statement(parsed.tape.get(), parsed.string_buf.get(), key);
    }

    simdjson::error_code parse(const uint8_t *bytes, size_t length, dom::element &document)
    {
        once.reset(length > large ? new dom::parser() : nullptr);
        return (once ? *once : usual).parse(bytes, length, false).get(document);
    }
};

// Deeper documents are refused; the functions that walk a document rely on it.
static const size_t maximum_depth = simdjson::DEFAULT_MAX_DEPTH;
static_assert(maximum_depth <= 1024, "recursion is bounded by the depth of a document");

static const char *explain(simdjson::error_code code)
{
    switch (code) {
    case simdjson::CAPACITY: return "the element is too large";
    case simdjson::DEPTH_ERROR: return "objects or arrays are nested deeper than 1024 levels";
    case simdjson::STRING_ERROR: return "a text contains an invalid escape";
    case simdjson::NUMBER_ERROR: return "a number is malformed or out of range";
    case simdjson::UTF8_ERROR: return "the bytes are not valid UTF-8";
    case simdjson::UNESCAPED_CHARS: return "a text contains a control character that is not escaped";
    case simdjson::UNCLOSED_STRING: return "a text is not closed by a quote";
    case simdjson::EMPTY: return "there is no JSON";
    default: return "the JSON is malformed or cut off";
    }
}

// Whether the escape of U+0000 stands anywhere; the document is valid, so that backslashes stand in texts only.
static bool has_nul_escape(const uint8_t *bytes, size_t length)
{
    const uint8_t *p = bytes, *stop = bytes + length;
    while (stop - p >= 6) {
        p = static_cast<const uint8_t *>(std::memchr(p, '\\', size_t(stop - p)));
        if (!p) return false;
        if (stop - p >= 6 && std::memcmp(p + 1, "u0000", 5) == 0) return true;
        p += 2;
    }
    return false;
}

static int refuse(martlet_finding_parser *parser, martlet_finding *finding)
{
    finding->problem_pointer = text_of(parser->reader.problem.pointer);
    finding->problem = text_of(parser->reader.problem.message);
    return MARTLET_FINDING_REFUSED;
}

extern "C" {

martlet_finding_parser *martlet_finding_parser_create(void)
{
    try {
        return new martlet_finding_parser();
    } catch (...) {
        return nullptr;
    }
}

void martlet_finding_parser_destroy(martlet_finding_parser *parser) { delete parser; }

void martlet_finding_set_key(martlet_finding_parser *parser, const uint64_t key[4])
{
    std::memcpy(parser->key, key, sizeof parser->key);
}

int martlet_finding_parse(martlet_finding_parser *parser, const uint8_t *bytes, size_t length, martlet_finding *finding)
{
    *finding = {};
    parser->is_parsed = false;
    try {
        dom::element &document = parser->document;
        auto code = parser->parse(bytes, length, document);
        if (code == simdjson::MEMALLOC) return MARTLET_FINDING_NO_MEMORY;
        Problem &problem = parser->reader.problem;
        if (code) {
            problem = {"", explain(code)};
            return refuse(parser, finding);
        }
        if (has_nul_escape(bytes, length)) {
            problem = {"", "the character U+0000 is not allowed"};
            find_nul(document, Path(), problem.pointer);
            return refuse(parser, finding);
        }
        StatementScan scan = parser->scan();
        finding->statement = scan.hash;
        finding->statement_time = text_of(scan.created);
        parser->is_parsed = true;
        return MARTLET_FINDING_OK;
    } catch (const std::bad_alloc &) {
        return MARTLET_FINDING_NO_MEMORY;
    } catch (...) {
        parser->reader.problem = {"", "the element cannot be parsed"};
        return refuse(parser, finding);
    }
}

int martlet_finding_read(martlet_finding_parser *parser, martlet_finding *finding)
{
    try {
        if (!parser->is_parsed) {
            parser->reader.problem = {"", "nothing has been parsed"};
            return refuse(parser, finding);
        }
        martlet_finding scanned = *finding;
        bool usable = parser->reader.read(parser->document, *finding);
        finding->statement = scanned.statement;
        finding->statement_time = scanned.statement_time;
        return usable ? MARTLET_FINDING_OK : refuse(parser, finding);
    } catch (const std::bad_alloc &) {
        return MARTLET_FINDING_NO_MEMORY;
    } catch (...) {
        parser->reader.problem = {"", "the element cannot be read"};
        return refuse(parser, finding);
    }
}
}
