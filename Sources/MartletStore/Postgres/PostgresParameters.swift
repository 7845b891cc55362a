import MartletCore

/// The values of one statement in PostgreSQL's binary form.
struct PostgresParameters {
    private var types: [UInt32] = []
    private var lengths: [Int32] = []
    /// Where each value begins in `bytes`; nil for null.
    private var offsets: [Int?] = []
    private var bytes: [UInt8] = []

    init(_ values: [Value] = []) {
        types.reserveCapacity(values.count)
        for value in values { add(value) }
    }

    mutating func add(_ value: Value) {
        switch value {
        case .null: append(type: 0, nil)
        case .int(let value): append(type: PostgresType.int8) { $0.append(bigEndian: value) }
        case .real(let value): append(type: PostgresType.float8) { $0.append(bigEndian: value.bitPattern) }
        case .text(let value): append(type: PostgresType.text) { $0.append(contentsOf: value.utf8) }
        case .bytes(let value): append(type: PostgresType.bytea) { $0.append(contentsOf: value) }
        case .hash(let value):
            append(type: PostgresType.bytea) { bytes in value.withUnsafeBytes { bytes.append(contentsOf: $0) } }
        case .numbers(let values): add(values)
        }
    }

    /// An array of hashes, as `bytea[]`.
    mutating func add(_ hashes: [ContentHash]) {
        append(type: PostgresType.byteaArray) { bytes in
            bytes.reserveCapacity(bytes.count + 20 + 20 * hashes.count)
            // One dimension (none for an empty array), no nulls, the element's type, its length and lower bound.
            bytes.append(bigEndian: Int32(hashes.isEmpty ? 0 : 1))
            bytes.append(bigEndian: Int32(0))
            bytes.append(bigEndian: PostgresType.bytea)
            guard !hashes.isEmpty else { return }
            bytes.append(bigEndian: Int32(hashes.count))
            bytes.append(bigEndian: Int32(1))
            for hash in hashes {
                bytes.append(bigEndian: Int32(ContentHash.byteCount))
                hash.withUnsafeBytes { bytes.append(contentsOf: $0) }
            }
        }
    }

    /// An array of whole numbers, as `bigint[]`.
    mutating func add(_ numbers: [Int64]) {
        append(type: PostgresType.int8Array) { bytes in
            bytes.reserveCapacity(bytes.count + 20 + 12 * numbers.count)
            bytes.append(bigEndian: Int32(numbers.isEmpty ? 0 : 1))
            bytes.append(bigEndian: Int32(0))
            bytes.append(bigEndian: PostgresType.int8)
            guard !numbers.isEmpty else { return }
            bytes.append(bigEndian: Int32(clamping: numbers.count))
            bytes.append(bigEndian: Int32(1))
            for number in numbers {
                bytes.append(bigEndian: Int32(8))
                bytes.append(bigEndian: number)
            }
        }
    }

    /// An array of texts, as `text[]`.
    mutating func add(_ texts: [String]) {
        append(type: PostgresType.textArray) { bytes in
            bytes.append(bigEndian: Int32(texts.isEmpty ? 0 : 1))
            bytes.append(bigEndian: Int32(0))
            bytes.append(bigEndian: PostgresType.text)
            guard !texts.isEmpty else { return }
            bytes.append(bigEndian: Int32(clamping: texts.count))
            bytes.append(bigEndian: Int32(1))
            for text in texts {
                bytes.append(bigEndian: Int32(clamping: text.utf8.count))
                bytes.append(contentsOf: text.utf8)
            }
        }
    }

    /// The arrays in the form libpq takes them; valid inside `body` only.
    func withPointers<Result>(
        _ body: (
            _ count: Int32, _ types: [UInt32], _ values: [UnsafePointer<CChar>?], _ lengths: [Int32],
            _ formats: [Int32]
        ) throws -> Result
    ) rethrows -> Result {
        try bytes.withUnsafeBufferPointer { buffer in
            // An empty value needs an address, too; libpq takes a null pointer for null.
            try withUnsafeBytes(of: 0 as CChar) { empty in
                let values = offsets.map { offset -> UnsafePointer<CChar>? in
                    guard let offset else { return nil }
                    guard let base = buffer.baseAddress else {
                        return empty.baseAddress?.assumingMemoryBound(to: CChar.self)
                    }
                    return UnsafeRawPointer(base + offset).assumingMemoryBound(to: CChar.self)
                }
                return try body(
                    Int32(types.count), types, values, lengths, [Int32](repeating: 1, count: types.count))
            }
        }
    }

    private mutating func append(type: UInt32, _ encode: ((inout [UInt8]) -> Void)?) {
        types.append(type)
        guard let encode else {
            offsets.append(nil)
            lengths.append(0)
            return
        }
        let start = bytes.count
        encode(&bytes)
        offsets.append(start)
        lengths.append(Int32(clamping: bytes.count - start))
    }
}

extension [UInt8] {
    mutating func append(bigEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }
}
