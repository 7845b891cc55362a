import MartletCore

/// A field of a list's rows, as filters and sorting compare it.
enum ListValue: Sendable {
    case text(String)
    /// Null where there is none.
    case optionalText(String?)
    case boolean(Bool)
    case time(Timestamp?)
    /// Ids of which a filter names one.
    case anyOf([String])

    /// Whether a filter lets it through.
    func passes(_ filter: JSONAPIQuery.Filter) -> Bool {
        switch filter.comparison {
        case .equal, .within: filter.values.contains(where: equals)
        case .contains: filter.values.contains { contains($0.text ?? "") }
        case .equalIgnoringCase: filter.values.contains { isText($0.text ?? "") }
        case .atLeast: filter.values.allSatisfy { limit in moment.map { $0 >= limit.start ?? $0 } ?? false }
        case .atMost: filter.values.allSatisfy { limit in moment.map { $0 <= limit.end ?? $0 } ?? false }
        case .onDay: filter.values.contains(where: isOnDay)
        case .overlap: filter.values.contains(where: equals)
        case .isAbsent: filter.values.contains { $0 == .boolean(isAbsent) }
        }
    }

    /// Whether a text is in it, without regard to case.
    func contains(_ text: String) -> Bool {
        switch self {
        case .text(let value), .optionalText(.some(let value)): value.lowercased().contains(text.lowercased())
        default: false
        }
    }

    private func isText(_ text: String) -> Bool {
        switch self {
        case .text(let value), .optionalText(.some(let value)): value.lowercased() == text.lowercased()
        default: false
        }
    }

    /// Whether it comes before another value of the same field; nothing comes first.
    func precedes(_ other: ListValue) -> Bool {
        switch (self, other) {
        case (.text(let left), .text(let right)): left < right
        case (.optionalText(let left), .optionalText(let right)):
            left.map { left in right.map { left < $0 } ?? false } ?? (right != nil)
        case (.boolean(let left), .boolean(let right)): !left && right
        case (.time(let left), .time(let right)):
            left.map { left in right.map { left < $0 } ?? false } ?? (right != nil)
        case (.anyOf(let left), .anyOf(let right)): left.count < right.count
        default: false
        }
    }

    private var moment: Timestamp? { if case .time(let time) = self { time } else { nil } }

    private var isAbsent: Bool {
        switch self {
        case .time(nil), .optionalText(nil): true
        default: false
        }
    }

    private func equals(_ value: FilterValue) -> Bool {
        switch (self, value) {
        case (.text(let left), _): left == value.text
        case (.optionalText(let left), _): left != nil && left == value.text
        case (.boolean(let left), .boolean(let right)): left == right
        case (.anyOf(let ids), _): value.text.map(ids.contains) ?? false
        case (.time, _): isOnDay(value)
        default: false
        }
    }

    private func isOnDay(_ value: FilterValue) -> Bool {
        guard let moment, let start = value.start, let end = value.end else { return false }
        return start <= moment && moment <= end
    }
}
