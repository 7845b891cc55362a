/// A piece of work that has ended, for whoever collects traces. Nothing of it is secret: names, numbers, ids.
public struct Span: Sendable, Hashable {
    /// Which part of a conversation it is; the numbers are OpenTelemetry's.
    public enum Kind: Int, Sendable {
        /// A step of something larger.
        case `internal` = 1
        /// Answering a request.
        case server = 2
        /// Doing what somebody asked for earlier and does not wait for.
        case consumer = 5
    }

    /// The value of an attribute.
    public enum Value: Sendable, Hashable {
        /// A text.
        case text(String)
        /// A whole number.
        case int(Int64)
    }

    /// What was done, in few different words: no ids.
    public var name: String
    /// Which part of a conversation it is.
    public var kind: Kind
    /// Its place: the span itself, what it is a part of, the trace.
    public var context: TraceContext
    /// Nanoseconds since 1970.
    public var start: Int64
    /// Nanoseconds since 1970, not before ``start``.
    public var end: Int64
    /// What is known of it besides.
    public var attributes: [String: Value]
    /// Why it failed; nil when it did not.
    public var failure: String?

    /// A span of its parts; an end before the start becomes the start.
    public init(
        _ name: String, kind: Kind = .internal, context: TraceContext, start: Int64, end: Int64,
        attributes: [String: Value] = [:], failure: String? = nil
    ) {
        self.name = name
        self.kind = kind
        self.context = context
        self.start = start
        self.end = max(start, end)
        self.attributes = attributes
        self.failure = failure
    }
}
