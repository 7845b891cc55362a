/// What stands beside a place between two characters; all that assertions ask for.
enum RegexNeighbour: Int, Sendable {
    /// The beginning or the end of the text.
    case border
    case newline
    case word
    case other

    init(_ value: UInt32) { self = value == 0x0A ? .newline : RegexClass.words.contains(value) ? .word : .other }
}

extension RegexAssertion {
    /// Whether it holds between two neighbours.
    func holds(_ before: RegexNeighbour, _ after: RegexNeighbour) -> Bool {
        switch self {
        case .textStart: before == .border
        case .textEnd: after == .border
        case .lineStart: before == .border || before == .newline
        case .lineEnd: after == .border || after == .newline
        case .wordBoundary: (before == .word) != (after == .word)
        case .noWordBoundary: (before == .word) == (after == .word)
        }
    }
}
