/// Makes what a scanner says fit for a log: secrets are covered, and nothing in it can move a cursor or hide text.
struct ChildLogText: Sendable {
    /// Secrets shorter than this are not covered: it would make the log unreadable and tell where they stand.
    static let shortestSecret = 4
    private static let cover = Array("***".utf8)

    /// By first byte.
    private let secrets: [UInt8: [[UInt8]]]
    /// The length of the longest secret, in bytes.
    let longestSecret: Int

    /// A secret of several lines is looked for line by line, as a log would show it.
    init(secrets: [String]) {
        var bytes: Set<[UInt8]> = []
        for secret in secrets {
            for line in secret.utf8.split(whereSeparator: { $0 == 10 || $0 == 13 })
            where line.count >= Self.shortestSecret {
                bytes.insert(Array(line))
            }
        }
        longestSecret = bytes.map(\.count).max() ?? 0
        self.secrets = Dictionary(grouping: bytes) { $0[0] }
    }

    /// A line as the log shows it, at most `limit` bytes before control characters are spelled out.
    func shown(_ line: ArraySlice<UInt8>, limit: Int) -> String {
        let text = String(decoding: covering(Array(line), limit: limit), as: UTF8.self)
        return Self.visible(text) + (line.count > limit ? "…" : "")
    }

    /// The text with control characters, and those that change the direction of text or end a line, spelled out.
    static func visible(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x09: result.append(contentsOf: "\\t".unicodeScalars)
            case 0..<0x20, 0x7F..<0xA0, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF:
                result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16, uppercase: true))}".unicodeScalars)
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    // Nothing behind the limit is shown, however much shorter covers make the line: a secret could be cut off there.
    private func covering(_ line: [UInt8], limit: Int) -> [UInt8] {
        guard !secrets.isEmpty else { return Array(line.prefix(limit)) }
        // Secrets may overlap; whatever any of them touches is covered.
        var result: [UInt8] = []
        var end = 0
        for index in line.indices.prefix(limit) {
            for secret in secrets[line[index]] ?? [] where line[index...].starts(with: secret) {
                if end <= index { result += Self.cover }
                end = max(end, index + secret.count)
            }
            if index >= end { result.append(line[index]) }
        }
        return result
    }
}
