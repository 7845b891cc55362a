import MartletCore

/// Spans as an export request of OTLP 1.x in its JSON form: ids as hexadecimal digits, 64-bit numbers as texts.
struct SpanDocument {
    /// What the spans' program is, as OpenTelemetry's resource attributes.
    let resource: [String: String]
    /// The program's version.
    let version: String

    func bytes(_ spans: [Span]) -> [UInt8] {
        var json = JSONWriter()
        json.beginObject()
        json.key("resourceSpans")
        json.beginArray()
        json.beginObject()
        json.key("resource")
        json.beginObject()
        attributes(resource.mapValues { .text($0) }, &json)
        json.endObject()
        json.key("scopeSpans")
        json.beginArray()
        json.beginObject()
        json.key("scope")
        json.beginObject()
        json.field("name", "martlet")
        json.field("version", version)
        json.endObject()
        json.key("spans")
        json.beginArray()
        for span in spans { write(span, &json) }
        json.endArray()
        json.endObject()
        json.endArray()
        json.endObject()
        json.endArray()
        json.endObject()
        return json.takeBytes()
    }

    private func write(_ span: Span, _ json: inout JSONWriter) {
        json.beginObject()
        json.field("traceId", span.context.traceID)
        json.field("spanId", span.context.spanID)
        if let parent = span.context.parentID { json.field("parentSpanId", parent) }
        json.field("flags", span.context.isSampled ? 1 : 0)
        json.field("name", span.name)
        json.field("kind", span.kind.rawValue)
        json.field("startTimeUnixNano", String(span.start))
        json.field("endTimeUnixNano", String(span.end))
        attributes(span.attributes, &json)
        if let failure = span.failure {
            json.key("status")
            json.beginObject()
            json.field("code", 2)
            json.field("message", failure)
            json.endObject()
        }
        json.endObject()
    }

    private func attributes(_ attributes: [String: Span.Value], _ json: inout JSONWriter) {
        json.key("attributes")
        json.beginArray()
        for (key, value) in attributes.sorted(by: { $0.key < $1.key }) {
            json.beginObject()
            json.field("key", key)
            json.key("value")
            json.beginObject()
            switch value {
            case .text(let text): json.field("stringValue", text)
            case .int(let number): json.field("intValue", String(number))
            }
            json.endObject()
            json.endObject()
        }
        json.endArray()
    }
}
