/// One step of a segment: a byte, or any character.
enum GlobToken: Hashable {
    case byte(UInt8)
    case any
}

/// The part of a pattern between two stars. Bytes are UTF-8; `any` takes a whole character of one to four.
final class GlobSegment: Sendable {
    private let tokens: [GlobToken]
    private let bytes: [UInt8]?
    /// Of a segment without `any`: for each length, the longest proper prefix that is also a suffix (Knuth, Morris and
    /// Pratt).
    private let fallback: [Int32]
    /// Of a segment with `any`: for each byte, the steps that take it (Baeza-Yates and Gonnet's shift-and).
    private let masks: [UInt64]
    private let anyMask: UInt64

    init(_ tokens: [GlobToken]) {
        self.tokens = tokens
        let literal = tokens.compactMap { token -> UInt8? in
            if case .byte(let byte) = token { byte } else { nil }
        }
        bytes = literal.count == tokens.count ? literal : nil
        fallback = literal.count == tokens.count ? Self.fallback(literal) : []
        (masks, anyMask) = literal.count == tokens.count || tokens.count > 64 ? ([], 0) : Self.masks(tokens)
    }

    /// The segment as text, when it has no `any`.
    var literal: String? { bytes.map { String(decoding: $0, as: UTF8.self) } }

    /// ``search(_:from:to:)`` works: there is no `any`, or there are few enough steps.
    var isSearchable: Bool { bytes != nil || tokens.count <= 64 }

    /// Where a match at the very beginning ends; nil when there is none.
    func matchPrefix(of text: UnsafeBufferPointer<UInt8>) -> Int? {
        var position = 0
        for token in tokens {
            guard position < text.count else { return nil }
            switch token {
            case .byte(let byte):
                guard text[position] == byte else { return nil }
                position += 1
            case .any:
                position += 1
                while position < text.count && text[position] & 0xC0 == 0x80 { position += 1 }
            }
        }
        return position
    }

    /// Where a match that ends at the very end begins; nil when there is none.
    func matchSuffix(of text: UnsafeBufferPointer<UInt8>) -> Int? {
        var position = text.count
        for token in tokens.reversed() {
            guard position > 0 else { return nil }
            position -= 1
            switch token {
            case .byte(let byte):
                guard text[position] == byte else { return nil }
            case .any:
                while position > 0 && text[position] & 0xC0 == 0x80 { position -= 1 }
            }
        }
        return position
    }

    /// Where the match that ends first between two positions ends; nil when there is none.
    func search(_ text: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int) -> Int? {
        guard !tokens.isEmpty else { return start }
        if let bytes { return searchLiteral(bytes, text, start, end) }
        return searchMasked(text, start, end)
    }

    private func searchLiteral(
        _ bytes: [UInt8], _ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int
    ) -> Int? {
        guard end - start >= bytes.count else { return nil }
        return bytes.withUnsafeBufferPointer { bytes in
            fallback.withUnsafeBufferPointer { fallback in
                var matched = 0
                for position in start..<end {
                    while matched > 0 && bytes[matched] != text[position] { matched = Int(fallback[matched]) }
                    if bytes[matched] == text[position] { matched += 1 }
                    if matched == bytes.count { return position + 1 }
                }
                return nil
            }
        }
    }

    private func searchMasked(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Int? {
        guard masks.count == 256 else { return nil }
        let accept: UInt64 = 1 << UInt64(tokens.count - 1)
        var state: UInt64 = 0
        var position = start
        while position < end {
            let byte = text[position]
            let stay = byte & 0xC0 == 0x80 ? state & anyMask : 0
            state = (state << 1 | 1) & masks[Int(byte)] | stay
            position += 1
            if state & accept != 0 {
                while position < end && anyMask & accept != 0 && text[position] & 0xC0 == 0x80 { position += 1 }
                return position
            }
        }
        return nil
    }

    private static func fallback(_ bytes: [UInt8]) -> [Int32] {
        var table = [Int32](repeating: 0, count: bytes.count + 1)
        var length = 0
        for position in bytes.indices.dropFirst() {
            while length > 0 && bytes[length] != bytes[position] { length = Int(table[length]) }
            if bytes[length] == bytes[position] { length += 1 }
            table[position + 1] = Int32(truncatingIfNeeded: length)
        }
        return table
    }

    /// `any` begins with the first byte of a character only; the others are taken by staying.
    private static func masks(_ tokens: [GlobToken]) -> ([UInt64], UInt64) {
        var masks = [UInt64](repeating: 0, count: 256)
        var any: UInt64 = 0
        for (index, token) in tokens.enumerated() {
            let bit: UInt64 = 1 << UInt64(index)
            switch token {
            case .byte(let byte): masks[Int(byte)] |= bit
            case .any:
                any |= bit
                for byte in masks.indices where byte & 0xC0 != 0x80 { masks[byte] |= bit }
            }
        }
        return (masks, any)
    }
}
