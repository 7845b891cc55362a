import MartletCore

/// A pattern taken apart. A class, because thousands of rules are tried on millions of findings and each copy of its
/// parts would cost more than the comparison.
final class GlobProgram: Sendable {
    let text: String
    let literal: String?
    let matchesEverything: Bool

    private let head: GlobSegment
    private let middle: [GlobSegment]
    private let tail: GlobSegment
    private let hasStar: Bool

    init(_ text: String) throws {
        var segments: [[GlobToken]] = [[]]
        var escaped = false
        for byte in text.utf8 {
            if escaped {
                segments[segments.count - 1].append(.byte(byte))
                escaped = false
                continue
            }
            switch byte {
            case UInt8(ascii: "\\"): escaped = true
            case UInt8(ascii: "*"): segments.append([])
            case UInt8(ascii: "?"): segments[segments.count - 1].append(.any)
            default: segments[segments.count - 1].append(.byte(byte))
            }
        }
        guard !escaped else {
            throw MartletError(.invalidInput, "the pattern \"\(text)\" ends in a \\ that escapes nothing: write \\\\")
        }
        self.text = text
        hasStar = segments.count > 1
        head = GlobSegment(segments[0])
        tail = GlobSegment(hasStar ? segments[segments.count - 1] : [])
        middle = segments.dropFirst().dropLast().filter { !$0.isEmpty }.map { GlobSegment($0) }
        guard middle.allSatisfy(\.isSearchable) else {
            throw MartletError(
                .invalidInput, "the pattern \"\(text)\" has more than 64 bytes with a ? between two *: write it shorter"
            )
        }
        literal = hasStar ? nil : head.literal
        matchesEverything = hasStar && segments.allSatisfy(\.isEmpty)
    }

    func matches(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        if matchesEverything { return true }
        guard var start = head.matchPrefix(of: bytes) else { return false }
        if !hasStar { return start == bytes.count }
        guard let end = tail.matchSuffix(of: bytes), start <= end else { return false }
        // The earliest place for each part leaves the most room for the next ones.
        for segment in middle {
            guard let next = segment.search(bytes, from: start, to: end) else { return false }
            start = next
        }
        return true
    }
}
