import MartletCore

/// Keeps paging from going on for ever: pure.
struct PageGuard: Sendable {
    /// Pages of one list at most.
    static let maximumPages = 20_000
    /// Pages without any item, one after the other, at most.
    static let maximumEmpty = 200

    private var pages = 0
    private var empty = 0
    private var seen: Set<Int> = []

    /// Takes in a page with the link that follows it. Gives what is wrong with going on; nil when nothing is.
    mutating func obstacle(items: Int, next: String) -> String? {
        pages += 1
        empty = items == 0 ? empty + 1 : 0
        if !seen.insert(next.hashValue).inserted { return "The list leads back to a page that was read before." }
        if empty > Self.maximumEmpty { return "The list has more than \(Self.maximumEmpty) empty pages in a row." }
        return pages >= Self.maximumPages ? "The list has more than \(Self.maximumPages) pages." : nil
    }
}
