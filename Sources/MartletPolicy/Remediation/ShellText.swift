import MartletCore

/// A command line for a POSIX shell, put together of text that a check's author wrote and of values that come from clouds
/// and files. Pure.
///
/// Whatever a value is, the shell reads it as one word of one command and does nothing with it: it is quoted where it
/// needs it, wherever in the author's text it stands. Where that cannot be promised (a value that a terminal would not
/// show as it is, one that the command would take for an option or the name of a file, text that a shell reads twice),
/// there is no command at all.
struct ShellText {
    private enum Quote { case none, single, double }

    private(set) var text = ""
    private var quote = Quote.none
    private var isEscaped = false
    private var isWordStart = true
    private var word = ""
    /// The next word is the name of a program.
    private var isCommandStart = true
    /// The next word is the name of a file, after `<` or `>`.
    private var isTarget = false
    /// What in the author's text keeps values from being put in safely.
    private var hazard: String?

    /// Programs that read what they are given as a program once more.
    private static let interpreters: Set<String> = [
        "eval", "exec", "source", ".", "sh", "bash", "dash", "ksh", "zsh", "fish", "pwsh", "powershell", "cmd", "xargs",
        "ssh", "su", "sudo", "env", "watch", "perl", "python", "python3", "ruby", "node", "awk", "sed", "find",
    ]

    /// Adds the author's text as it is.
    mutating func append(literal: String) {
        text += literal
        var before: Character?
        for character in literal {
            read(character, after: before)
            before = character
        }
    }

    private mutating func read(_ character: Character, after before: Character?) {
        if quote != .single, !isEscaped {
            if character == "`" { hazard = hazard ?? "a command within the command" }
            if before == "$", character == "(" || character == "{" || character == "'" || character == "\"" {
                hazard = hazard ?? "a $ that the shell replaces"
            }
        }
        if isEscaped {
            isEscaped = false
            isWordStart = false
            return
        }
        switch quote {
        case .single: if character == "'" { quote = .none }
        case .double:
            if character == "\\" { isEscaped = true }
            if character == "\"" { quote = .none }
        case .none:
            if character == "\\" {
                isEscaped = true
            } else if character == "'" {
                quote = .single
            } else if character == "\"" {
                quote = .double
            } else if character == "#", isWordStart {
                hazard = hazard ?? "a comment"
            } else if character == "<", before == "<" {
                hazard = hazard ?? "a text below the command"
            }
        }
        if quote == .none, character.isWhitespace || ";|&()<>".contains(character) {
            endWord()
            isWordStart = true
            if character.isNewline || ";|&(".contains(character) { isCommandStart = true }
            if character == "<" || character == ">" { isTarget = true }
        } else {
            word.append(character)
            isWordStart = false
        }
    }

    private mutating func endWord() {
        let name = word.split(separator: "/").last.map(String.init) ?? word
        if Self.interpreters.contains(name.filter { $0 != "'" && $0 != "\"" }) {
            hazard = hazard ?? "'\(name)', which reads its arguments as commands"
        }
        if !word.isEmpty {
            isCommandStart = false
            isTarget = false
        }
        word = ""
    }

    /// Adds a value as one word, or as a part of the word that the author's text began.
    ///
    /// - Throws: ``MartletError`` (`invalidInput`) where that cannot be done safely.
    mutating func append(value: String) throws(MartletError) {
        if let hazard {
            throw MartletError(.invalidInput, "nothing can be filled in safely after \(hazard); do it by hand")
        }
        guard !isTarget, !(isCommandStart && word.isEmpty) else {
            throw MartletError(
                .invalidInput, "a name would become the name of a program or of a file; do it by hand")
        }
        guard !isEscaped else {
            throw MartletError(.invalidInput, "nothing can be filled in safely after a backslash; do it by hand")
        }
        if let scalar = value.unicodeScalars.first(where: Self.isHidden) {
            let number = String(scalar.value, radix: 16, uppercase: true)
            throw MartletError(
                .invalidInput,
                "a name has the character U+\(String(repeating: "0", count: max(0, 4 - number.count)) + number), which "
                    + "terminals do not show as it is; no command is made of it")
        }
        if isWordStart, let first = value.first, first == "-" || first == "@" {
            let meaning = first == "-" ? "an option" : "the name of a file to read"
            throw MartletError(
                .invalidInput, "a name begins with '\(first)', which would be taken for \(meaning); do it by hand")
        }
        let word = Self.quoted(value)
        switch quote {
        case .none: text += word
        case .single: text += "'" + word + "'"
        case .double: text += "\"" + word + "\""
        }
        isWordStart = false
        self.word.append("x")
    }

    /// The text, if what follows the last value makes none of them unsafe.
    func finished(hasValues: Bool) throws(MartletError) -> String {
        var end = self
        end.endWord()
        if hasValues, let hazard = end.hazard {
            throw MartletError(.invalidInput, "nothing can be filled in safely beside \(hazard); do it by hand")
        }
        return text
    }

    /// Control characters, and those that change how others are shown.
    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
        case .spaceSeparator: scalar != " "
        default: false
        }
    }

    /// A value as one word.
    private static func quoted(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy {
            (0x61...0x7A).contains($0) || (0x41...0x5A).contains($0) || (0x30...0x39).contains($0)
                || "@%+=:,./_-".utf8.contains($0)
        }
        // A shell may read = and % at the beginning of a word in its own way.
        let begins = text.utf8.first.map { "=%".utf8.contains($0) } ?? true
        if isPlain, !begins { return text }
        return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
