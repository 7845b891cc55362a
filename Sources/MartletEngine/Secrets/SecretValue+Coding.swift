import MartletCore

extension SecretValue {
    private static let nameLengthSize = 2
    private static let valueLengthSize = 4

    /// The bytes that are sealed: of a text itself; of each field the length of its name in 2 bytes, the name, the
    /// length of its value in 4 bytes and the value, the most significant byte first. So opening copies no value into a
    /// `String`.
    func encoded() throws -> SecretBytes {
        guard case .fields(let fields) = content else {
            guard case .text(let bytes) = content else { throw Self.unreadable }
            return bytes
        }
        let size = fields.reduce(0) {
            $0 + Self.nameLengthSize + $1.name.utf8.count + Self.valueLengthSize + $1.value.count
        }
        return try SecretBytes(count: size) { buffer in
            var rest = buffer[...]
            func append(_ bytes: some Collection<UInt8>) {
                UnsafeMutableRawBufferPointer(rebasing: rest).copyBytes(from: bytes)
                rest = rest.dropFirst(bytes.count)
            }
            for field in fields {
                append(Self.length(field.name.utf8.count, size: Self.nameLengthSize))
                append(Array(field.name.utf8))
                append(Self.length(field.value.count, size: Self.valueLengthSize))
                field.value.withUnsafeBytes { append($0) }
            }
        }
    }

    /// Reads what ``encoded()`` gave.
    static func decode(_ bytes: SecretBytes, kind: SecretKind) throws -> SecretValue {
        guard kind == .fields else { return try .text(bytes) }
        var fields: [Field] = []
        var position = 0
        while position < bytes.count {
            let name = try take(&position, sizeOfLength: nameLengthSize, bytes)
            let value = try take(&position, sizeOfLength: valueLengthSize, bytes)
            fields.append(
                Field(bytes.withUnsafeBytes { String(decoding: $0[name], as: UTF8.self) }, try bytes.part(value)))
        }
        return try .fields(fields)
    }

    private static func length(_ length: Int, size: Int) -> [UInt8] {
        (0..<size).map { UInt8(truncatingIfNeeded: length >> (8 * (size - 1 - $0))) }
    }

    private static func take(_ position: inout Int, sizeOfLength: Int, _ bytes: SecretBytes) throws -> Range<Int> {
        guard bytes.count - position >= sizeOfLength else { throw unreadable }
        let length = bytes.withUnsafeBytes { $0[position..<position + sizeOfLength].reduce(0) { $0 << 8 | Int($1) } }
        position += sizeOfLength
        guard bytes.count - position >= length else { throw unreadable }
        defer { position += length }
        return position..<position + length
    }

    private static var unreadable: MartletError {
        MartletError(.secretTampered, "The secret has another form than its kind says; set it again.")
    }
}
