/// Walks the words of a parsed document (see `martlet_json_tree.h`) and builds the tree.
///
/// The words come from simdjson, which has checked the text; the recursion is bounded by its depth limit.
struct JSONTapeReader {
    private let tape: UnsafePointer<UInt64>
    private let strings: UnsafePointer<UInt8>
    private var index = 1
    /// Documents repeat few keys very often; a shared string saves the allocation.
    private var keys: [(offset: Int, key: String)] = Array(repeating: (-1, ""), count: 64)

    init(tape: UnsafePointer<UInt64>, strings: UnsafePointer<UInt8>) {
        self.tape = tape
        self.strings = strings
    }

    mutating func document() -> JSONValue { value() }

    private mutating func value() -> JSONValue {
        let word = tape[index]
        index += 1
        switch UInt8(truncatingIfNeeded: word >> 56) {
        case UInt8(ascii: "\""): return .string(String(decoding: text(word), as: UTF8.self))
        case UInt8(ascii: "{"): return object(word)
        case UInt8(ascii: "["): return array(word)
        case UInt8(ascii: "l"): return .int(Int64(bitPattern: nextWord()))
        case UInt8(ascii: "u"):
            let number = nextWord()
            return Int64(exactly: number).map(JSONValue.int) ?? .double(Double(number))
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

    private mutating func array(_ word: UInt64) -> JSONValue {
        let end = end(word)
        var elements: [JSONValue] = []
        elements.reserveCapacity(count(word))
        while index < end { elements.append(value()) }
        index = end + 1
        return .array(elements)
    }

    private mutating func object(_ word: UInt64) -> JSONValue {
        let end = end(word)
        var members: [JSONValue.Member] = []
        members.reserveCapacity(count(word))
        while index < end {
            let key = key(nextWord())
            members.append(JSONValue.Member(key, value()))
        }
        index = end + 1
        return .object(members)
    }

    private func text(_ word: UInt64) -> UnsafeBufferPointer<UInt8> {
        let start = strings + Int(word & 0x00FF_FFFF_FFFF_FFFF)
        let length = UnsafeRawPointer(start).loadUnaligned(as: UInt32.self)
        return UnsafeBufferPointer(start: start + 4, count: Int(length))
    }

    private mutating func key(_ word: UInt64) -> String {
        let bytes = text(word)
        // Up to 15 bytes a String holds its text itself.
        guard bytes.count > 15, let first = bytes.first, let last = bytes.last else {
            return String(decoding: bytes, as: UTF8.self)
        }
        let slot = (bytes.count &* 31 &+ Int(first) &* 7 &+ Int(last)) & 63
        let offset = Int(word & 0x00FF_FFFF_FFFF_FFFF)
        let known = keys[slot]
        if known.offset >= 0, same(text(UInt64(known.offset)), bytes) { return known.key }
        let key = String(decoding: bytes, as: UTF8.self)
        keys[slot] = (offset, key)
        return key
    }

    private func same(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
        left.count == right.count && left.elementsEqual(right)
    }
}
