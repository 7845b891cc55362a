/// The path of an endpoint, with parameters in braces: `/api/v1/scans/{id}/report`.
public struct PathPattern: Sendable, Hashable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// One segment of a pattern.
    public enum Segment: Sendable, Hashable {
        /// This text.
        case literal(String)
        /// Any text that is not empty, under this name.
        case parameter(String)
    }

    /// The pattern as it is written.
    public let description: String
    /// Its segments.
    public let segments: [Segment]

    /// The pattern of a text.
    public init(_ text: String) {
        description = text
        segments = text.split(separator: "/").map { part in
            part.hasPrefix("{") && part.hasSuffix("}")
                ? .parameter(String(part.dropFirst().dropLast())) : .literal(String(part))
        }
    }

    /// The pattern of a literal.
    public init(stringLiteral value: String) { self.init(value) }

    /// The names of the parameters in their order.
    public var parameters: [String] {
        segments.compactMap { if case .parameter(let name) = $0 { name } else { nil } }
    }
}
