/// Finds what a user probably meant.
public enum Suggestion {
    /// The candidate nearest to a mistyped word; nil when none is near.
    public static func nearest(to word: String, in candidates: [String]) -> String? {
        // A long word is no typing error, and the distance costs its length times that of each candidate.
        guard !word.isEmpty, word.utf8.count <= 64 else { return nil }
        let typed = Array(word.lowercased().unicodeScalars)
        var best: (name: String, distance: Int)?
        for candidate in candidates {
            let name = Array(candidate.lowercased().unicodeScalars)
            let distance = typed.count >= 3 && name.starts(with: typed) ? 1 : Self.distance(typed, name)
            if distance < best?.distance ?? Int.max { best = (candidate, distance) }
        }
        guard let best, best.distance <= max(1, typed.count / 3) else { return nil }
        return best.name
    }

    /// What ends an error's sentence: a question where there is something near, else a full stop.
    public static func hint(_ word: String, _ candidates: [String], prefix: String = "") -> String {
        nearest(to: word, in: candidates).map { "; did you mean '\(prefix)\($0)'?" } ?? "."
    }

    /// How many insertions, deletions, replacements and swaps of neighbours lead from one word to the other.
    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var row = [i + 1]
            for (j, b) in right.enumerated() {
                var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a == b ? 0 : 1))
                if i > 0, j > 0, a == right[j - 1], left[i - 1] == b { cost = min(cost, beforeLast[j - 1] + 1) }
                row.append(cost)
            }
            beforeLast = last
            last = row
        }
        return last[right.count]
    }
}
