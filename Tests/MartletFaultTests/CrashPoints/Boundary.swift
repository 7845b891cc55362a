import Foundation
import Testing

/// A place between two statements of a transaction at which something may happen, as the driver names it.
struct Boundary: Hashable, Sendable {
    /// Made of all statements of the transaction up to here.
    let identity: String
    /// The statement that follows; a remark (`-- `) where none does.
    let text: String

    /// No statement begins here.
    var isRemark: Bool { text.hasPrefix("-- ") }

    /// The transactions of a process, each with its boundaries, from the file that `MARTLET_CRASH_LOG` named.
    static func transactions(_ file: String) throws -> [[Boundary]] {
        let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
        var transactions: [Int: [Boundary]] = [:]
        for line in lines {
            let parts = line.split(separator: "\t", maxSplits: 3, omittingEmptySubsequences: false).map(String.init)
            let number = try #require(parts.first.flatMap(Int.init))
            transactions[number, default: []].append(
                Boundary(identity: parts[1], text: parts[3]))
        }
        return transactions.sorted { $0.key < $1.key }.map(\.value)
    }

    /// A statement as the driver's log has it: on one line and without its numbers.
    static func normalised(_ sql: String) -> String {
        var text = ""
        for character in sql {
            if character.isASCII, character.isNumber {
                if text.last != "#" { text.append("#") }
            } else if character.isWhitespace {
                if text.last != " ", !text.isEmpty { text.append(" ") }
            } else {
                text.append(character)
            }
        }
        return text.hasSuffix(" ") ? String(text.dropLast()) : text
    }
}
