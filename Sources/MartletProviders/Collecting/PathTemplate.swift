import MartletCore

/// A text with placeholders, such as `{id}/blobServices/default` or `/users/{principalId}?$select=id`.
public struct PathTemplate: Sendable, Hashable, CustomStringConvertible {
    private enum Part: Sendable, Hashable {
        case literal(String)
        case field(FieldPath)
    }

    /// As it is written.
    public let description: String
    private let parts: [Part]

    /// Reads a template. Throws ``MartletError`` (`invalidInput`), without a place, for a brace without its partner and
    /// for a placeholder that is no path.
    public init(_ text: String) throws(MartletError) {
        description = text
        var parts: [Part] = []
        var rest = text[...]
        while let open = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
            guard rest[open] == "{", let close = rest[open...].firstIndex(of: "}"),
                let path = FieldPath(String(rest[rest.index(after: open)..<close]))
            else { throw MartletError(.invalidInput, "'\(text)' has a placeholder that is not {PATH}") }
            if open > rest.startIndex { parts.append(.literal(String(rest[..<open]))) }
            parts.append(.field(path))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.literal(String(rest))) }
        self.parts = parts
    }

    /// The paths of its placeholders.
    public var paths: [FieldPath] {
        parts.compactMap { if case .field(let path) = $0 { path } else { nil } }
    }

    /// Whether it begins with a placeholder of this path.
    func begins(with path: String) -> Bool {
        if case .field(let first) = parts.first { first.description == path } else { false }
    }

    /// The text with its placeholders filled in as they are; nil when one has no value.
    public func text(in scope: CollectedScope) -> String? {
        fill(in: scope, literal: { $0 }, value: { $0 })
    }

    /// The text as part of a URL: what stands in the template keeps its meaning, values lose theirs except for `/` and `:`.
    /// Nil when a placeholder has no value.
    public func url(in scope: CollectedScope) -> String? {
        fill(in: scope, literal: { URLText.literal($0) }, value: { URLText.value($0) })
    }

    private func fill(
        in scope: CollectedScope, literal: (String) -> String, value: (String) -> String
    ) -> String? {
        var result = ""
        for part in parts {
            switch part {
            case .literal(let text): result += literal(text)
            case .field(let path):
                guard let text = scope.text(at: path), !text.isEmpty else { return nil }
                result += value(text)
            }
        }
        return result
    }
}
