import MartletCore

/// One row of a result, decoded by the types of its columns.
final class PostgresRow: Row {
    private let result: PostgresResult
    private let types: [UInt32]
    /// Columns that come before the first one that is shown.
    private let skipped: Int
    /// The row of the result that is read.
    var index = 0

    init(_ result: PostgresResult, columns: Int, skipped: Int = 0) {
        self.result = result
        self.skipped = skipped
        types = (0..<columns).map { result.type(of: $0) }
    }

    func isNull(_ column: Int) -> Bool {
        column + skipped >= types.count || result.isNull(index, column + skipped)
    }

    func int(_ column: Int) -> Int64 {
        guard !isNull(column) else { return 0 }
        let bytes = value(at: column)
        switch types[column + skipped] {
        case PostgresType.int8: return Int64(bitPattern: Self.number(bytes))
        case PostgresType.int4: return Int64(Int32(truncatingIfNeeded: Self.number(bytes)))
        case PostgresType.int2: return Int64(Int16(truncatingIfNeeded: Self.number(bytes)))
        case PostgresType.bool, PostgresType.oid: return Int64(truncatingIfNeeded: Self.number(bytes))
        case PostgresType.float8, PostgresType.float4: return Int64(exactly: real(column).rounded(.towardZero)) ?? 0
        case PostgresType.numeric: return Int64(exactly: PostgresNumeric.value(bytes).rounded(.towardZero)) ?? 0
        default: return 0
        }
    }

    func real(_ column: Int) -> Double {
        guard !isNull(column) else { return 0 }
        let bytes = value(at: column)
        switch types[column + skipped] {
        case PostgresType.float8: return Double(bitPattern: Self.number(bytes))
        case PostgresType.float4: return Double(Float(bitPattern: UInt32(truncatingIfNeeded: Self.number(bytes))))
        case PostgresType.numeric: return PostgresNumeric.value(bytes)
        default: return Double(int(column))
        }
    }

    func text(_ column: Int) -> String {
        guard !isNull(column) else { return "" }
        switch types[column + skipped] {
        case PostgresType.text, PostgresType.varchar, PostgresType.name:
            return String(decoding: value(at: column), as: UTF8.self)
        default: return ""
        }
    }

    func bytes(_ column: Int) -> [UInt8] { isNull(column) ? [] : Array(value(at: column)) }

    func hash(_ column: Int) -> ContentHash {
        guard !isNull(column) else { return ContentHash(high: 0, low: 0) }
        let bytes = value(at: column)
        guard bytes.count == ContentHash.byteCount else { return ContentHash(high: 0, low: 0) }
        return ContentHash(
            high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
            low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
    }

    func value(_ column: Int) -> Value {
        guard !isNull(column) else { return .null }
        switch types[column + skipped] {
        case PostgresType.float8, PostgresType.float4: return .real(real(column))
        case PostgresType.text, PostgresType.varchar, PostgresType.name: return .text(text(column))
        case PostgresType.bytea: return .bytes(bytes(column))
        default: return .int(int(column))
        }
    }

    private func value(at column: Int) -> UnsafeRawBufferPointer { result.bytes(index, column + skipped) }

    private static func number(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var value: UInt64 = 0
        for byte in bytes.prefix(8) { value = value << 8 | UInt64(byte) }
        return value
    }
}
