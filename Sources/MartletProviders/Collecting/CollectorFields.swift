import MartletCore

/// Reads the fields of a mapping of a collectors' file; errors name file, line and field.
struct CollectorFields {
    let file: String
    let node: MarkedNode
    private let entries: [MarkedNode.Entry]

    /// Takes a mapping apart. Throws for what is none and for a field that has no meaning here.
    init(_ node: MarkedNode, of what: String, known: [String], file: String) throws(MartletError) {
        guard case .mapping(let entries) = node.value else {
            throw MartletError(.invalidInput, "\(what) is a mapping, not \(node.kind)", place: node.place(in: file))
        }
        for entry in entries where !known.contains(entry.key) {
            throw MartletError(
                .invalidInput, "\(what) has no field '\(entry.key)'; there are \(known.joined(separator: ", "))",
                place: entry.place(in: file))
        }
        self.file = file
        self.node = node
        self.entries = entries
    }

    /// What stands under a field; nil when it is missing or null.
    subscript(key: String) -> MarkedNode? {
        guard let value = entries.first(where: { $0.key == key })?.value else { return nil }
        if case .null = value.value { return nil }
        return value
    }

    func wrong(_ key: String, _ expected: String, _ node: MarkedNode? = nil) -> MartletError {
        let node = node ?? self[key] ?? self.node
        return MartletError(.invalidInput, "\(key): \(expected)", place: node.place(in: file))
    }

    /// A text that is not empty; nil when it is missing. Numbers are taken as they are written.
    func text(_ key: String) throws(MartletError) -> String? {
        guard let value = self[key] else { return nil }
        switch value.value {
        case .string, .int, .double:
            guard !value.text.isEmpty else { throw wrong(key, "expected is a text that is not empty") }
            return value.text
        default: throw wrong(key, "expected is a text, not \(value.kind)")
        }
    }

    func required(_ key: String) throws(MartletError) -> String {
        guard let text = try text(key) else { throw wrong(key, "it is missing") }
        return text
    }

    func flag(_ key: String) throws(MartletError) -> Bool {
        guard let value = self[key] else { return false }
        guard case .bool(let flag) = value.value else { throw wrong(key, "expected is true or false") }
        return flag
    }

    func path(_ key: String) throws(MartletError) -> FieldPath? {
        guard let text = try text(key) else { return nil }
        guard let path = FieldPath(text) else { throw wrong(key, "'\(text)' is no path of keys joined by dots") }
        return path
    }

    func template(_ key: String) throws(MartletError) -> PathTemplate? {
        guard let text = try text(key) else { return nil }
        do { return try PathTemplate(text) } catch { throw wrong(key, error.message) }
    }

    func entries(_ key: String) throws(MartletError) -> [MarkedNode.Entry] {
        guard let value = self[key] else { return [] }
        guard case .mapping(let entries) = value.value else { throw wrong(key, "expected is a mapping") }
        return entries
    }

    /// A mapping of texts.
    func texts(_ key: String) throws(MartletError) -> [String: String] {
        var texts: [String: String] = [:]
        for entry in try entries(key) {
            guard case .string(let text) = entry.value.value else {
                throw wrong("\(key).\(entry.key)", "expected is a text", entry.value)
            }
            texts[entry.key] = text
        }
        return texts
    }
}
