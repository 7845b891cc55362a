import MartletCore

/// Findings counted by status, by whether they are muted, and by what the last scans changed.
struct ChangeCounts: Sendable {
    /// What findings are counted by.
    struct Kind: Hashable, Sendable {
        var status: Status
        var isMuted: Bool
        /// New or changed; nil for all else.
        var change: Delta?

        /// The place of its count.
        fileprivate var place: Int {
            let changes = change == .new ? 1 : change == .changed ? 2 : 0
            return (status.rawValue * 2 + (isMuted ? 1 : 0)) * 3 + changes
        }

        fileprivate static let all: [Kind] = Status.allCases.sorted().flatMap { status in
            [false, true].flatMap { isMuted in
                [nil, .new, .changed].map { Kind(status: status, isMuted: isMuted, change: $0) }
            }
        }
    }

    // A dictionary would be asked for every cell of every cube, and an array be made for every check.
    private var counts = InlineArray<18, Int64>(repeating: 0)

    mutating func add(_ status: Status, isMuted: Bool, _ delta: Delta?, _ number: Int64) {
        counts[Kind(status: status, isMuted: isMuted, change: delta).place] += number
    }

    /// Findings of all kinds that `isWanted` lets through.
    func sum(_ isWanted: (Kind) -> Bool) -> Int64 {
        Kind.all.reduce(0) { isWanted($1) ? $0 + counts[$1.place] : $0 }
    }

    static func += (left: inout ChangeCounts, right: ChangeCounts) {
        for place in left.counts.indices { left.counts[place] += right.counts[place] }
    }
}
