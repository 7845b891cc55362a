import MartletCore

/// The patterns of Prowler's mutelist in Martlet's language.
///
/// There an item is a regular expression in which `*` means `.*`, searched anywhere in the text. Here it is a glob that
/// must match the whole text. What both can say is translated; for the rest the error says what to write.
struct MutelistPattern {
    /// The globs, any of which suffices; several when the item has alternatives.
    let globs: [String]
    /// The item has more than `*` of Prowler's syntax in it.
    let isTranslated: Bool

    /// The longest item, in bytes; also bounds the number of alternatives.
    private static let maximumLength = 2048

    /// Throws ``MartletError`` (`invalidInput`) for what a glob cannot say; `place` is the item's.
    init(_ item: String, place: String) throws {
        guard !item.isEmpty else {
            throw MartletError(.invalidInput, "an empty item matches nothing: write \"*\" for anything", place: place)
        }
        guard item.utf8.count <= Self.maximumLength else {
            throw MartletError(.invalidInput, "an item may have at most \(Self.maximumLength) bytes", place: place)
        }
        let alternatives = Self.split(Self.ungrouped(item))
        globs = try alternatives.map { try Self.glob($0, item: item, place: place) }
        isTranslated = globs != [item]
    }

    /// Drops the brackets of `^(a|b)$` and `(a|b)`, around the whole item.
    private static func ungrouped(_ item: String) -> Substring {
        var body = Substring(item)
        if body.hasPrefix("^(") && body.hasSuffix(")$") { body = body.dropFirst().dropLast() }
        guard body.hasPrefix("("), body.hasSuffix(")"), !body.hasSuffix("\\)") else { return Substring(item) }
        let inner = body.dropFirst().dropLast()
        return inner.contains("(") || inner.contains(")") ? Substring(item) : inner
    }

    private static func split(_ text: Substring) -> [[Unicode.Scalar]] {
        var parts: [[Unicode.Scalar]] = [[]]
        var escaped = false
        for scalar in text.unicodeScalars {
            if scalar == "|" && !escaped {
                parts.append([])
            } else {
                parts[parts.count - 1].append(scalar)
            }
            escaped = scalar == "\\" && !escaped
        }
        return parts
    }

    private static func glob(_ scalars: [Unicode.Scalar], item: String, place: String) throws -> String {
        func refuse(_ what: String, _ advice: String) -> MartletError {
            MartletError(.invalidInput, "\"\(item)\": \(what) cannot be said in a glob; \(advice)", place: place)
        }
        var rest = scalars[...]
        if rest.first == "^" { rest = rest.dropFirst() }
        if rest.last == "$" && rest.dropLast().last != "\\" { rest = rest.dropLast() }
        guard !rest.isEmpty else { throw refuse("an empty alternative", "write \"*\" for anything") }
        var glob = ""
        while let scalar = rest.popFirst() {
            switch scalar {
            case "*":
                if !glob.hasSuffix("*") || glob.hasSuffix("\\*") { glob += "*" }
            case "." where rest.first == "*":
                rest = rest.dropFirst()
                glob += "*"
            case "." where rest.first == "+":
                rest = rest.dropFirst()
                glob += "?*"
            case "\\":
                guard let next = rest.popFirst() else {
                    throw refuse("a \\ at the end", "write \\\\ for the character itself")
                }
                guard !next.properties.isAlphabetic, next.properties.numericType == nil else {
                    throw refuse("\\\(next)", "write \"*\" in its place, or list the texts one by one")
                }
                glob += GlobPattern.escape(String(Character(next)))
            case "^", "$":
                throw refuse(
                    "\(scalar) inside a text", "items match the whole text anyway; write \\\(scalar) for the character")
            case "[", "]", "{", "}", "(", ")":
                throw refuse(
                    "\(scalar)", "list the texts one by one, or write \\\(scalar) for the character itself")
            case "?", "+":
                throw refuse(
                    "the repetition \(scalar)",
                    "list the texts one by one, or write \\\(scalar) for the character itself")
            default:
                glob += GlobPattern.escape(String(Character(scalar)))
            }
        }
        return glob
    }
}
