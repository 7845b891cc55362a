import MartletCore

/// A pattern of mute rules: a glob that must match the whole text, case and all.
///
/// `*` stands for any text, also none; `?` for exactly one character (a Unicode scalar); `\` takes the meaning from the
/// character after it. Nothing else is special: `.`, `[`, `|` and `/` stand for themselves. Matching takes time
/// proportional to the text, whatever the pattern: nothing is tried twice.
public struct GlobPattern: Sendable, Hashable {
    /// The longest pattern, in bytes.
    public static let maximumLength = 2048

    private let program: GlobProgram

    /// The pattern as it was written.
    public var text: String { program.text }
    /// The only text that the pattern matches, when it has neither `*` nor `?`; else nil.
    public var literal: String? { program.literal }
    /// The pattern consists of `*` only, so it matches every text, also the empty one.
    public var matchesEverything: Bool { program.matchesEverything }

    /// Reads a pattern. Throws ``MartletError`` (`invalidInput`) when it ends in a lone `\`, when it is longer than
    /// ``maximumLength``, or when a part with `?` between two `*` has more than 64 bytes.
    public init(_ text: String) throws {
        guard text.utf8.count <= Self.maximumLength else {
            throw MartletError(.invalidInput, "a pattern may have at most \(Self.maximumLength) bytes")
        }
        program = try GlobProgram(text)
    }

    /// Whether the pattern matches the whole of a text.
    public func matches(_ text: String) -> Bool {
        if program.matchesEverything { return true }
        var text = text
        return text.withUTF8 { program.matches($0) }
    }

    /// Two patterns are equal when they were written the same.
    public static func == (left: GlobPattern, right: GlobPattern) -> Bool { left.text == right.text }

    /// Consistent with equality.
    public func hash(into hasher: inout Hasher) { hasher.combine(text) }

    /// A text with `\` before every character that a pattern would give a meaning to.
    public static func escape(_ text: some StringProtocol) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar == "*" || scalar == "?" || scalar == "\\" { result.unicodeScalars.append("\\") }
            result.unicodeScalars.append(scalar)
        }
        return result
    }
}
