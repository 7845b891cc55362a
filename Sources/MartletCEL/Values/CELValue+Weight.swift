extension CELValue {
    /// What the value costs to walk through and to keep, in cells: one for each value in it, and one for every 16 bytes
    /// of text. A value that stands in several places counts in each, so that a small expression cannot build something
    /// whose comparison or printing never ends.
    public var weight: Int {
        switch self {
        case .string(let text): 1 + text.utf8.count >> 4
        case .bytes(let bytes): 1 + bytes.count >> 4
        case .list(let list): list.weight
        case .map(let map): map.weight
        case .optional(let optional): (optional.value?.weight ?? 0).addingWeight(1)
        default: 1
        }
    }
}

extension Int {
    /// The sum, or the largest number where it does not fit.
    func addingWeight(_ other: Int) -> Int {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? .max : sum
    }
}
