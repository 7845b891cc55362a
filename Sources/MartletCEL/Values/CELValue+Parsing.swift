import CSimdJSON
import MartletCore

extension CELValue {
    /// Reads a JSON document (RFC 8259), at most ``JSONValue/sizeLimit`` bytes and ``JSONValue/depthLimit`` deep.
    ///
    /// Whole numbers are `int`, beyond its range `uint`, all others `double`. Of a repeated key the first counts.
    /// - Parameters:
    ///   - json: The text in UTF-8.
    ///   - file: The name that errors give as their place.
    /// - Throws: ``MartletError`` as ``JSONValue/parse(_:file:limit:)-(UnsafeRawBufferPointer,_,_)`` does.
    public static func parse(json: [UInt8], file: String? = nil) throws(MartletError) -> CELValue {
        let value = json.withUnsafeBufferPointer { bytes -> CELValue? in
            guard let base = bytes.baseAddress, bytes.count <= JSONValue.sizeLimit else { return nil }
            var status = MARTLET_JSON_TREE_OK
            guard let tree = martlet_json_tree_parse(base, bytes.count, JSONValue.depthLimit, &status) else {
                return nil
            }
            defer { martlet_json_tree_free(tree) }
            guard let tape = martlet_json_tree_tape(tree), let strings = martlet_json_tree_strings(tree) else {
                return nil
            }
            var reader = TapeReader(tape: tape, strings: strings)
            return reader.value()
        }
        // The other reader says where the fault is, and skips a byte order mark.
        guard let value else { return CELValue(json: try JSONValue.parse(json, file: file)) }
        return value
    }
}

/// Walks the words of a parsed document (see `martlet_json_tree.h`). simdjson has checked text and depth.
private struct TapeReader {
    private let tape: UnsafePointer<UInt64>
    private let strings: UnsafePointer<UInt8>
    private var index = 1

    init(tape: UnsafePointer<UInt64>, strings: UnsafePointer<UInt8>) {
        self.tape = tape
        self.strings = strings
    }

    mutating func value() -> CELValue {
        let word = nextWord()
        switch UInt8(truncatingIfNeeded: word >> 56) {
        case UInt8(ascii: "\""): return .string(text(word))
        case UInt8(ascii: "{"): return object(word)
        case UInt8(ascii: "["): return array(word)
        case UInt8(ascii: "l"): return .int(Int64(bitPattern: nextWord()))
        case UInt8(ascii: "u"):
            let number = nextWord()
            return Int64(exactly: number).map(CELValue.int) ?? .uint(number)
        case UInt8(ascii: "d"): return .double(Double(bitPattern: nextWord()))
        case UInt8(ascii: "t"): return .bool(true)
        case UInt8(ascii: "f"): return .bool(false)
        default: return .null
        }
    }

    private mutating func nextWord() -> UInt64 {
        defer { index += 1 }
        return tape[index]
    }

    /// The index of the closing word.
    private func end(_ word: UInt64) -> Int { Int(word & 0xFFFF_FFFF) - 1 }

    private func count(_ word: UInt64) -> Int { Int(word >> 32 & 0xFF_FFFF) }

    private func text(_ word: UInt64) -> String {
        let start = strings + Int(word & 0x00FF_FFFF_FFFF_FFFF)
        let length = UnsafeRawPointer(start).loadUnaligned(as: UInt32.self)
        return String(decoding: UnsafeBufferPointer(start: start + 4, count: Int(length)), as: UTF8.self)
    }

    private mutating func array(_ word: UInt64) -> CELValue {
        let end = end(word)
        var elements = ContiguousArray<CELValue>()
        elements.reserveCapacity(count(word))
        while index < end { elements.append(value()) }
        index = end + 1
        return .list(CELList(elements))
    }

    private mutating func object(_ word: UInt64) -> CELValue {
        let end = end(word)
        var builder = CELMapBuilder(capacity: count(word))
        while index < end {
            let key = text(nextWord())
            let value = value()
            _ = builder.add(.string(key), value)
        }
        index = end + 1
        return .map(CELMap(builder))
    }
}
