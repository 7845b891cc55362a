import MartletCore
import MartletPolicy

/// Where an external scanner leaves its findings.
public enum ExternalOutputPlace: Sendable, Hashable, CustomStringConvertible {
    /// It prints them: written `stdout`.
    case standardOutput
    /// It writes files in its private directory: written `file:PATTERN`. The pattern is a path relative to the directory;
    /// in each of its parts `*` and `?` stand for any text and any character, never for `/`.
    case files(pattern: String)

    /// Reads `stdout` or `file:PATTERN`.
    ///
    /// Throws ``MartletError`` (`invalidInput`) for anything else, and for a pattern that leaves the directory.
    public init(_ text: String) throws {
        if text == "stdout" {
            self = .standardOutput
            return
        }
        guard text.hasPrefix("file:") else {
            throw MartletError(
                .invalidInput, "the output of a source is stdout or file:PATTERN, for example file:*.json")
        }
        let pattern = String(text.dropFirst("file:".count))
        _ = try Self.parts(of: pattern)
        self = .files(pattern: pattern)
    }

    /// As it is written.
    public var description: String {
        switch self {
        case .standardOutput: "stdout"
        case .files(let pattern): "file:\(pattern)"
        }
    }

    /// A pattern for each level of the path.
    static func parts(of pattern: String) throws -> [GlobPattern] {
        let parts = pattern.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let isInside = parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
        guard isInside, !pattern.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
            throw MartletError(
                .invalidInput,
                "the pattern of an output is a path inside the private directory, without a leading /, . and ..: "
                    + "for example file:output/*.ocsf.json")
        }
        return try parts.map { try GlobPattern($0) }
    }
}
