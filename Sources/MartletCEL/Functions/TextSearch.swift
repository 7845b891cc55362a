/// Looks for a sequence in another in linear time.
enum TextSearch {
    /// The first position from `start` on; by the algorithm of Knuth, Morris and Pratt.
    static func first<Element: Equatable>(
        _ text: [Element], _ part: [Element], from start: Int, _ budget: inout CELBudget
    ) throws(CELFault) -> Int? {
        guard !part.isEmpty else { return start <= text.count ? start : nil }
        guard start + part.count <= text.count else { return nil }
        try budget.work((text.count - start + part.count) >> 2)
        let borders = borders(of: part)
        var matched = 0
        for index in start..<text.count {
            while matched > 0, text[index] != part[matched] { matched = borders[matched - 1] }
            if text[index] == part[matched] { matched += 1 }
            if matched == part.count { return index - matched + 1 }
        }
        return nil
    }

    /// All positions that do not overlap, from the left.
    static func all<Element: Equatable>(
        _ text: [Element], _ part: [Element], limit: Int, _ budget: inout CELBudget
    ) throws(CELFault) -> [Int] {
        guard part.count <= text.count, limit > 0 else { return [] }
        if part.isEmpty { return Array((0...text.count).prefix(limit)) }
        try budget.work((text.count + part.count) >> 2)
        let borders = borders(of: part)
        var found: [Int] = []
        var matched = 0
        for index in text.indices {
            while matched > 0, text[index] != part[matched] { matched = borders[matched - 1] }
            if text[index] == part[matched] { matched += 1 }
            if matched == part.count {
                found.append(index - matched + 1)
                guard found.count < limit else { break }
                matched = 0
            }
        }
        return found
    }

    /// For each beginning of the part the length of the longest proper beginning that is also its end.
    private static func borders<Element: Equatable>(of part: [Element]) -> [Int] {
        var borders = [Int](repeating: 0, count: part.count)
        var length = 0
        for index in 1..<max(1, part.count) {
            while length > 0, part[index] != part[length] { length = borders[length - 1] }
            if part[index] == part[length] { length += 1 }
            borders[index] = length
        }
        return borders
    }
}
