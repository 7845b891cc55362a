import MartletCore

/// Tells from a file's first bytes what it is.
struct Recognition {
    enum Kind: Equatable {
        case array, lines, objects
        case table(separator: UInt8)
    }

    let kind: Kind
    /// The byte order mark before the content.
    let skipped: Int

    /// How much of a file is looked at.
    static let bytesNeeded = 64 << 10

    static func recognise(_ start: ArraySlice<UInt8>, name: String) throws -> Recognition {
        let mark = start.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) {
            throw invalid("the file is UTF-16; only UTF-8 can be read", name)
        }
        let text = start.dropFirst(mark)
        guard let first = text.firstIndex(where: { !isSpace($0) }) else {
            let message = text.count < bytesNeeded - 3 ? "the file is empty" : "the file begins with white space only"
            throw invalid(message, name)
        }
        switch text[first] {
        case UInt8(ascii: "["): return Recognition(kind: .array, skipped: mark)
        case UInt8(ascii: "{"):
            // An object whose first line is the brace alone is written over several lines.
            let next = text[(first + 1)...].first { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }
            return Recognition(kind: next == 0x0A ? .objects : .lines, skipped: mark)
        default:
            guard let separator = separator(of: text[first...]) else {
                throw invalid(
                    "the content is not known; an OCSF JSON array, OCSF objects one a line or Prowler's CSV was expected",
                    name)
            }
            return Recognition(kind: .table(separator: separator), skipped: mark)
        }
    }

    // A table is recognised by its header: the check's id, or at least three columns that Prowler writes.
    private static func separator(of text: ArraySlice<UInt8>) -> UInt8? {
        let line = String(decoding: text.prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
        for separator: Character in [";", ","] {
            let names = line.split(separator: separator, omittingEmptySubsequences: false)
            let columns = Set(names.compactMap { CSVColumn(header: $0) })
            if names.count > 1, columns.contains(.checkID) || columns.count >= 3 { return separator.asciiValue }
        }
        return nil
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || 0x09...0x0D ~= byte }

    private static func invalid(_ message: String, _ name: String) -> MartletError {
        MartletError(.invalidInput, message, place: name.isEmpty ? nil : name)
    }
}
