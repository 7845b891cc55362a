import MartletCore

/// Reads typed fields out of a framework document; every error names the file, the JSON pointer and what was expected.
struct FrameworkFields {
    let file: String

    /// Longer ids and names are refused, before a database refuses them.
    static let textLimit = 1024

    func failure(_ pointer: String, _ message: String) -> MartletError {
        MartletError(.invalidInput, message, place: "\(file)#\(pointer)")
    }

    static func pointer(_ parent: String, _ key: String) -> String {
        parent + JSONPointer(tokens: [key]).description
    }

    /// The value of a key; nil when it is missing or null.
    func value(_ object: JSONValue, _ key: String) -> JSONValue? {
        object[key].flatMap { $0.isNull ? nil : $0 }
    }

    /// A text of any length; nil when missing.
    func text(_ object: JSONValue, _ key: String, at parent: String) throws(MartletError) -> String? {
        guard let value = value(object, key) else { return nil }
        guard let text = value.stringValue else { throw mismatch("a string", value, parent, key) }
        return text
    }

    /// A text that identifies something: not empty, without U+0000, at most ``textLimit`` bytes.
    func identifier(_ value: JSONValue?, at pointer: @autoclosure () -> String) throws(MartletError) -> String {
        guard let value else { throw failure(pointer(), "missing; expected a string that is not empty") }
        guard let text = value.stringValue, !text.isEmpty else {
            throw failure(pointer(), "expected a string that is not empty, found \(Self.describe(value))")
        }
        guard text.utf8.count <= Self.textLimit, !text.utf8.contains(0) else {
            throw failure(pointer(), "expected at most \(Self.textLimit) bytes without U+0000")
        }
        return text
    }

    /// A list; nil when missing.
    func list(_ object: JSONValue, _ key: String, at parent: String) throws(MartletError) -> [JSONValue]? {
        guard let value = value(object, key) else { return nil }
        guard let list = value.arrayValue else { throw mismatch("an array", value, parent, key) }
        return list
    }

    /// A list of strings; empty when missing.
    func texts(_ object: JSONValue, _ key: String, at parent: String) throws(MartletError) -> [String] {
        var texts: [String] = []
        for (index, element) in try (list(object, key, at: parent) ?? []).enumerated() {
            guard let text = element.stringValue else {
                throw failure(
                    Self.pointer(parent, key) + "/\(index)", "expected a string, found \(Self.describe(element))")
            }
            texts.append(text)
        }
        return texts
    }

    /// A list of check ids without repetition.
    func checks(_ value: JSONValue, at pointer: String) throws(MartletError) -> [String] {
        guard let list = value.arrayValue else {
            throw failure(pointer, "expected an array of check ids, found \(Self.describe(value))")
        }
        var checks: [String] = []
        checks.reserveCapacity(list.count)
        for (index, element) in list.enumerated() {
            checks.append(try identifier(element, at: "\(pointer)/\(index)"))
        }
        return Requirement.unique(checks)
    }

    func mismatch(_ expected: String, _ value: JSONValue, _ parent: String, _ key: String) -> MartletError {
        failure(Self.pointer(parent, key), "expected \(expected), found \(Self.describe(value))")
    }

    /// A value's type, for messages; `an empty string` where that is the point.
    static func describe(_ value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool: "a boolean"
        case .int, .double: "a number"
        case .string(let text): text.isEmpty ? "an empty string" : "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
