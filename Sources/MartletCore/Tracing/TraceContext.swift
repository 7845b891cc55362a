/// The place of a piece of work in a trace (W3C Trace Context).
public struct TraceContext: Sendable, Hashable {
    /// 32 hexadecimal digits, not all zero.
    public let traceID: String
    /// The span of this work, 16 hexadecimal digits, not all zero.
    public let spanID: String
    /// The span that this work is a part of; nil where the trace begins here.
    public let parentID: String?
    /// Whether spans of the trace are recorded. Whoever begins the trace decides.
    public let isSampled: Bool

    /// A trace that begins here.
    public static func new() -> TraceContext {
        TraceContext(traceID: randomHex(words: 2), spanID: randomHex(words: 1), parentID: nil, isSampled: true)
    }

    /// A span below the one that a `traceparent` header names; nil when it is not of a known form.
    public init?(traceparent: String) {
        let parts = traceparent.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 4, parts[0].utf8.count == 2, Self.isHex(parts[0]), parts[0] != "ff",
            parts[0] != "00" || parts.count == 4, parts[1].utf8.count == 32, Self.isHex(parts[1]),
            parts[1].contains(where: { $0 != "0" }), parts[2].utf8.count == 16, Self.isHex(parts[2]),
            parts[2].contains(where: { $0 != "0" }), parts[3].utf8.count == 2, Self.isHex(parts[3]),
            let flags = UInt8(parts[3], radix: 16)
        else { return nil }
        self.init(
            traceID: String(parts[1]), spanID: Self.randomHex(words: 1), parentID: String(parts[2]),
            isSampled: flags & 1 == 1)
    }

    private init(traceID: String, spanID: String, parentID: String?, isSampled: Bool) {
        self.traceID = traceID
        self.spanID = spanID
        self.parentID = parentID
        self.isSampled = isSampled
    }

    /// A span below this one.
    public func child() -> TraceContext {
        TraceContext(traceID: traceID, spanID: Self.randomHex(words: 1), parentID: spanID, isSampled: isSampled)
    }

    /// The header for work that this one starts.
    public var traceparent: String { "00-\(traceID)-\(spanID)-\(isSampled ? "01" : "00")" }

    /// Digits of one or two random words of 64 bits, none of which is zero.
    private static func randomHex(words: Int) -> String {
        let random = ContentHash(high: .random(in: 1 ... .max), low: .random(in: 1 ... .max))
        return String(random.hex.prefix(16 * words))
    }

    private static func isHex(_ text: Substring) -> Bool {
        text.utf8.allSatisfy { 0x30...0x39 ~= $0 || 0x61...0x66 ~= $0 }
    }
}
