extension ExternalCommand.Part {
    /// Its arguments as they are written.
    var texts: [String] {
        switch self {
        case .argument(let text): [text]
        case .group(let texts): texts
        }
    }
}

extension ExternalCommand {
    /// The names in braces that consist of lower-case letters; other braces mean nothing.
    static func placeholders(in text: String) -> [String] {
        pieces(of: text).compactMap { if case .name(let name) = $0 { name } else { nil } }
    }

    /// One written argument with its placeholders replaced; what was put in is not looked at again.
    static func filled(_ text: String, _ values: [ExternalPlaceholder: [String]]) -> [String] {
        let pieces = pieces(of: text)
        if pieces.count == 1, case .name(let name) = pieces[0], let placeholder = ExternalPlaceholder(rawValue: name) {
            return values[placeholder] ?? []
        }
        return [
            pieces.map { piece in
                switch piece {
                case .text(let text): return text
                case .name(let name):
                    let placeholder = ExternalPlaceholder(rawValue: name)
                    return (placeholder.flatMap { values[$0] } ?? []).joined(separator: ",")
                }
            }.joined()
        ]
    }

    private enum Piece {
        case text(String)
        case name(String)
    }

    private static func pieces(of text: String) -> [Piece] {
        var pieces: [Piece] = []
        var plain = ""
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            plain += rest[..<open]
            let after = rest[rest.index(after: open)...]
            let name = after.prefix { $0.isASCII && $0.isLowercase }
            let end = name.endIndex
            if !name.isEmpty, end < after.endIndex, after[end] == "}" {
                if !plain.isEmpty { pieces.append(.text(plain)) }
                plain = ""
                pieces.append(.name(String(name)))
                rest = after[after.index(after: end)...]
            } else {
                plain += "{"
                rest = after
            }
        }
        plain += rest
        if !plain.isEmpty || pieces.isEmpty { pieces.append(.text(plain)) }
        return pieces
    }
}
