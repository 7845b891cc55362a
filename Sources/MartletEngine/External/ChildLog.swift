import Glibc

/// Cuts what a scanner says into lines for the log, in bounded memory: pure.
struct ChildLog: Sendable {
    /// Bytes of a line that are shown.
    static let longestLine = 4096

    private let text: ChildLogText
    private let limit: Int
    /// The line that has not ended, as far as it is needed: what follows could not be shown anyway, and a secret that
    /// begins in the part that is shown is here to its end.
    private var line: [UInt8] = []
    private var last: [UInt8] = []
    private var shownBytes = 0
    /// Lines that were read and not shown.
    private(set) var dropped = 0

    /// - Parameters:
    ///   - secrets: Values that are never shown.
    ///   - limit: Bytes that are shown in all.
    init(secrets: [String], limit: Int) {
        text = ChildLogText(secrets: secrets)
        self.limit = limit
    }

    /// The last line that was not empty, as the log shows it, with at most 300 bytes.
    var lastLine: String? { last.isEmpty ? nil : text.shown(last[...], limit: 300) }

    /// Takes what was read and gives the lines that have ended. A carriage return ends a line too, so that progress bars
    /// are lines.
    mutating func take(_ bytes: UnsafeRawBufferPointer) -> [String] {
        var lines: [String] = []
        var rest = bytes
        while let end = Self.end(of: rest) {
            keep(UnsafeRawBufferPointer(rebasing: rest[..<end]))
            rest = UnsafeRawBufferPointer(rebasing: rest[(end + 1)...])
            if let line = endLine() { lines.append(line) }
        }
        keep(rest)
        return lines
    }

    /// The rest, when nothing more comes, and how much was left out.
    mutating func finish() -> [String] {
        let rest = endLine().map { [$0] } ?? []
        return dropped == 0 ? rest : rest + ["\(dropped) more lines were not kept"]
    }

    private static func end(of bytes: UnsafeRawBufferPointer) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        let feed = memchr(base, 10, bytes.count).map { base.distance(to: $0) }
        // No further than the line feed: looked for to the end, it would be looked for again with every line.
        let carriage = memchr(base, 13, feed ?? bytes.count).map { base.distance(to: $0) }
        return carriage ?? feed
    }

    private mutating func keep(_ bytes: UnsafeRawBufferPointer) {
        let count = min(bytes.count, Self.longestLine + text.longestSecret + 1 - line.count)
        if count > 0 { line.append(contentsOf: UnsafeRawBufferPointer(rebasing: bytes[..<count])) }
    }

    private mutating func endLine() -> String? {
        guard !line.isEmpty else { return nil }
        defer { line.removeAll(keepingCapacity: true) }
        last = line
        guard shownBytes < limit else {
            dropped += 1
            return nil
        }
        let shown = text.shown(line[...], limit: Self.longestLine)
        shownBytes += shown.utf8.count + 1
        return shown
    }
}
