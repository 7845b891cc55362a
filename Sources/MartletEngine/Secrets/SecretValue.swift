import MartletCore

/// The value of a secret: one text, or fields with a value each.
public struct SecretValue: Sendable {
    /// A name with its value.
    public struct Field: Sendable {
        /// 1 to 128 letters, digits and `._-/`; for a child's environment the variable's name.
        public let name: String
        /// Any bytes but 0; may be empty.
        public let value: SecretBytes

        /// Makes a field; ``SecretValue/fields(_:)`` checks it.
        public init(_ name: String, _ value: SecretBytes) {
            self.name = name
            self.value = value
        }
    }

    /// What it is made of.
    public enum Content: Sendable {
        /// One text, not empty.
        case text(SecretBytes)
        /// At least one field; no name stands twice.
        case fields([Field])
    }

    /// The largest number of bytes of a value, with the names of its fields: 64 KiB.
    public static let sizeLimit = 64 << 10
    /// The most fields of a value: each takes pages of memory of its own.
    public static let fieldLimit = 128

    /// What it is made of.
    public let content: Content

    /// The kind by which it is stored.
    public var kind: SecretKind {
        switch content {
        case .text: .text
        case .fields: .fields
        }
    }

    /// The value of a field; nil where there is none of that name.
    public func field(_ name: String) -> SecretBytes? {
        guard case .fields(let fields) = content else { return nil }
        return fields.first { $0.name == name }?.value
    }

    /// One text.
    ///
    /// - Throws: ``MartletError`` `invalid_input` when it is empty or contains a byte 0, `limit` when it is too long.
    public static func text(_ bytes: SecretBytes) throws -> SecretValue {
        guard bytes.count > 0 else { throw MartletError(.invalidInput, "The secret is empty.") }
        try check(bytes)
        try check(size: bytes.count)
        return SecretValue(content: .text(bytes))
    }

    /// Fields in their order.
    ///
    /// - Throws: ``MartletError`` `invalid_input` without fields, with a name twice, with a name that is none, with a byte 0;
    ///   `limit` when they are too many or too long.
    public static func fields(_ fields: [Field]) throws -> SecretValue {
        guard !fields.isEmpty else { throw MartletError(.invalidInput, "The secret has no fields.") }
        try check(fieldCount: fields.count)
        var seen: Set<String> = []
        var size = 0
        for field in fields {
            guard (1...128).contains(field.name.utf8.count), field.name.utf8.allSatisfy(SecretName.isAllowed) else {
                throw MartletError(.invalidInput, "A field's name has 1 to 128 letters, digits and ._-/.")
            }
            guard seen.insert(field.name).inserted else {
                throw MartletError(.invalidInput, "The field '\(field.name)' is there twice.")
            }
            try check(field.value)
            size += field.name.utf8.count + field.value.count
        }
        try check(size: size)
        return SecretValue(content: .fields(fields))
    }

    private static func check(_ bytes: SecretBytes) throws {
        guard !bytes.withUnsafeBytes({ $0.contains(0) }) else {
            throw MartletError(.invalidInput, "A secret cannot contain a byte 0.")
        }
    }

    static func check(fieldCount: Int) throws {
        guard fieldCount <= fieldLimit else {
            throw MartletError(.limit, "A secret has at most \(fieldLimit) fields.")
        }
    }

    private static func check(size: Int) throws {
        guard size <= sizeLimit else {
            throw MartletError(.limit, "A secret has at most \(sizeLimit) bytes.")
        }
    }
}
