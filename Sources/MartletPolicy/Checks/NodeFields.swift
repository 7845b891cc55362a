import MartletCore

/// Reads typed fields out of a mapping; every error names file, line, column and field.
struct NodeFields {
    let file: String
    /// What the mapping is, in words for errors: `the check`, `an example`.
    let name: String
    private let node: MarkedNode
    private let entries: [MarkedNode.Entry]

    /// Takes a mapping apart. Throws for what is no mapping, and for a key that has no meaning here.
    init(_ node: MarkedNode, name: String, keys: [String], file: String) throws(MartletError) {
        guard case .mapping(let entries) = node.value else {
            throw MartletError(
                .invalidInput, "\(name) must be a mapping, not \(node.kind)", place: node.place(in: file))
        }
        for entry in entries where !keys.contains(entry.key) {
            let hint = Suggestion.nearest(to: entry.key, in: keys).map { "did you mean '\($0)'?" }
            throw MartletError(
                .invalidInput,
                "\(name) has no field '\(entry.key)'; \(hint ?? "expected is one of \(keys.joined(separator: ", "))")",
                place: entry.place(in: file))
        }
        self.node = node
        self.name = name
        self.entries = entries
        self.file = file
    }

    /// What stands under a key; nil when it is missing or null.
    subscript(key: String) -> MarkedNode? {
        guard let value = entries.first(where: { $0.key == key })?.value else { return nil }
        if case .null = value.value { return nil }
        return value
    }

    /// Whether the key is there, whatever stands under it.
    func has(_ key: String) -> Bool { entries.contains { $0.key == key } }

    func missing(_ key: String) -> MartletError {
        MartletError(.invalidInput, "\(name) lacks the field '\(key)'", place: node.place(in: file))
    }

    func invalid(_ key: String, _ message: String, _ node: MarkedNode) -> MartletError {
        MartletError(.invalidInput, "\(key): \(message)", place: node.place(in: file))
    }

    /// A text that is not blank, white space at its ends removed; nil when missing.
    func text(_ key: String) throws(MartletError) -> String? {
        guard let value = self[key] else { return nil }
        return try text(value, key)
    }

    func required(_ key: String) throws(MartletError) -> String {
        guard let text = try text(key) else { throw missing(key) }
        return text
    }

    func text(_ value: MarkedNode, _ key: String) throws(MartletError) -> String {
        guard case .string(let text) = value.value else {
            throw invalid(key, "expected text, found \(value.kind)", value)
        }
        let trimmed = text.trimmingEnds
        guard !trimmed.isEmpty else { throw invalid(key, "expected text that is not blank", value) }
        guard !trimmed.utf8.contains(0) else { throw invalid(key, "expected text without U+0000", value) }
        return trimmed
    }

    /// A list; empty when missing.
    func list(_ key: String) throws(MartletError) -> [MarkedNode] {
        guard let value = self[key] else { return [] }
        guard case .sequence(let nodes) = value.value else {
            throw invalid(key, "expected a list, found \(value.kind)", value)
        }
        return nodes
    }

    /// A list of texts without repetition; empty when missing.
    func texts(_ key: String) throws(MartletError) -> [String] {
        var texts: [String] = []
        for node in try list(key) {
            let text = try text(node, key)
            guard !texts.contains(text) else { throw invalid(key, "'\(text)' is listed twice", node) }
            texts.append(text)
        }
        return texts
    }

    /// The entries of a mapping; empty when missing.
    func mapping(_ key: String) throws(MartletError) -> [MarkedNode.Entry] {
        guard let value = self[key] else { return [] }
        guard case .mapping(let entries) = value.value else {
            throw invalid(key, "expected a mapping, found \(value.kind)", value)
        }
        return entries
    }

    /// One of the words of an enumeration; nil when missing.
    func word<Word: RawRepresentable & CaseIterable>(_ key: String, _ type: Word.Type) throws(MartletError) -> Word?
    where Word.RawValue == String {
        guard let value = self[key] else { return nil }
        guard case .string(let text) = value.value, let word = Word(rawValue: text) else {
            let all = Word.allCases.map(\.rawValue)
            let hint = Suggestion.nearest(to: value.text, in: all).map { "; did you mean '\($0)'?" } ?? ""
            throw invalid(key, "expected one of \(all.joined(separator: ", "))\(hint)", value)
        }
        return word
    }

    func severity(_ key: String) throws(MartletError) -> Severity? {
        guard let value = self[key] else { return nil }
        guard case .string(let text) = value.value,
            let severity = Severity.allCases.first(where: { $0.name == text })
        else { throw invalid(key, "expected one of informational, low, medium, high, critical", value) }
        return severity
    }

    /// A CEL expression; nil when missing. `true` and `false` are expressions too.
    func expression(_ key: String) throws(MartletError) -> CheckExpression? {
        guard let value = self[key] else { return nil }
        return try expression(value, key)
    }

    func expression(_ value: MarkedNode, _ key: String) throws(MartletError) -> CheckExpression {
        if case .bool(let bool) = value.value { return CheckExpression("\(bool)", place: value.place(in: file)) }
        return CheckExpression(try text(value, key), place: value.place(in: file))
    }

    func template(_ key: String) throws(MartletError) -> CheckTemplate? {
        guard let value = self[key] else { return nil }
        return try CheckTemplate(text(value, key), place: value.place(in: file))
    }

    func json(_ value: MarkedNode) throws(MartletError) -> JSONValue {
        do { return try value.json(file: file) } catch {
            throw error as? MartletError ?? MartletError(.invalidInput, "\(error)", place: value.place(in: file))
        }
    }
}

extension String {
    /// Without white space at both ends.
    var trimmingEnds: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(self[first...last])
    }
}
