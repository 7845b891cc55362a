import MartletCore

extension SecretValue {
    /// Reads what a user gives: a JSON object whose values are all texts as fields, anything else as one text. One line
    /// end behind a text is left out.
    ///
    /// - Parameters:
    ///   - isText: Take a JSON object as one text, too.
    ///   - place: What errors give as their place.
    /// - Throws: ``MartletError`` `invalid_input` for what begins like an object and is none of texts, and what
    ///   ``text(_:)`` and ``fields(_:)`` throw. No error repeats anything of the value.
    public static func read(_ bytes: SecretBytes, isText: Bool = false, place: String) throws -> SecretValue {
        let isObject = bytes.withUnsafeBytes { raw in
            raw.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } == UInt8(ascii: "{")
        }
        do {
            if isObject, !isText { return try .fields(readFields(bytes)) }
            return try .text(withoutLineEnd(bytes))
        } catch let error as MartletError where error.place == nil {
            throw MartletError(error.code, error.message, place: place)
        }
    }

    /// The tree of texts lives as long as this call; only a program that reads a secret once goes through it.
    private static func readFields(_ bytes: SecretBytes) throws -> [Field] {
        // The parser's messages may quote what they stumbled over.
        let document = bytes.withUnsafeBytes { try? JSONValue.parse($0, limit: 2 * sizeLimit) }
        try check(fieldCount: document?.objectValue?.count ?? 0)
        let fields = try document?.objectValue?.compactMap { member -> Field? in
            guard var text = member.value.stringValue else { return nil }
            return Field(member.key, try text.withUTF8 { try SecretBytes(copying: UnsafeRawBufferPointer($0)) })
        }
        guard let fields, fields.count == document?.objectValue?.count else {
            throw MartletError(
                .invalidInput,
                "It begins like a JSON object, but is none whose values are all texts; --text keeps it as it is.")
        }
        return fields
    }

    private static func withoutLineEnd(_ bytes: SecretBytes) throws -> SecretBytes {
        let end = bytes.withUnsafeBytes { raw in
            guard raw.last == 0x0A else { return raw.count }
            return raw.dropLast().last == 0x0D ? raw.count - 2 : raw.count - 1
        }
        return end == bytes.count ? bytes : try bytes.part(0..<end)
    }
}
