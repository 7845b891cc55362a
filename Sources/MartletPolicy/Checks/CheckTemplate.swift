import MartletCore

/// A text with CEL expressions in it: `Rule {{ rule.name }} lets anyone in`.
public struct CheckTemplate: Sendable, Hashable {
    /// A piece of a template.
    public enum Part: Sendable, Hashable {
        /// Text that stays as it is.
        case text(String)
        /// An expression whose value is put in.
        case expression(CheckExpression)
    }

    /// The text as it was written.
    public let source: String
    /// Its pieces in order.
    public let parts: [Part]

    /// Reads a template. Throws ``MartletError`` (`invalidInput`) for an expression that is empty or not closed.
    public init(_ source: String, place: String = "") throws(MartletError) {
        self.source = source
        var parts: [Part] = []
        var rest = source[...]
        while let open = rest.range(of: "{{") {
            if open.lowerBound > rest.startIndex { parts.append(.text(String(rest[..<open.lowerBound]))) }
            guard let close = Self.end(of: rest[open.upperBound...]) else {
                throw MartletError(.invalidInput, "an expression begins with {{ but does not end with }}", place: place)
            }
            let expression = rest[open.upperBound..<close].trimmed
            guard !expression.isEmpty else {
                throw MartletError(.invalidInput, "nothing stands between {{ and }}", place: place)
            }
            parts.append(.expression(CheckExpression(String(expression), place: place)))
            rest = rest[rest.index(close, offsetBy: 2)...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        self.parts = parts
    }

    /// Where the `}}` stands that ends an expression: not one inside a string or closing a map.
    private static func end(of text: Substring) -> Substring.Index? {
        var quote: Character?
        var depth = 0
        var index = text.startIndex
        while index < text.endIndex {
            let character = text[index]
            let next = text.index(after: index)
            if let open = quote {
                if character == "\\" {
                    index = next < text.endIndex ? text.index(after: next) : next
                    continue
                }
                if character == open { quote = nil }
            } else if character == "\"" || character == "'" {
                quote = character
            } else if character == "{" {
                depth += 1
            } else if character == "}" {
                if depth > 0 { depth -= 1 } else { return next < text.endIndex && text[next] == "}" ? index : nil }
            }
            index = next
        }
        return nil
    }
}

extension Substring {
    /// The first occurrence of a short text.
    fileprivate func range(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }

    fileprivate var trimmed: Substring {
        var result = self
        while let first = result.first, first.isWhitespace { result.removeFirst() }
        while let last = result.last, last.isWhitespace { result.removeLast() }
        return result
    }
}
