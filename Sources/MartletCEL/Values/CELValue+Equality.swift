extension CELValue: Equatable {
    /// The language's equality.
    public static func == (left: CELValue, right: CELValue) -> Bool { left.isEqual(to: right) }

    /// The language's equality; never an error.
    func isEqual(to other: CELValue) -> Bool {
        switch (self, other) {
        case (.string(let left), .string(let right)): left.isSameText(as: right)
        case (.bool(let left), .bool(let right)): left == right
        case (.int(let left), .int(let right)): left == right
        case (.null, .null): true
        case (.uint(let left), .uint(let right)): left == right
        case (.double(let left), .double(let right)): left == right
        case (.bytes(let left), .bytes(let right)): left == right
        case (.list(let left), .list(let right)): left.isEqual(to: right)
        case (.map(let left), .map(let right)): left.isEqual(to: right)
        case (.timestamp(let left), .timestamp(let right)): left == right
        case (.duration(let left), .duration(let right)): left == right
        case (.ip(let left), .ip(let right)): left == right
        case (.cidr(let left), .cidr(let right)): left == right
        case (.type(let left), .type(let right)): left.isSameText(as: right)
        case (.optional(let left), .optional(let right)):
            switch (left.value, right.value) {
            case (nil, nil): true
            case (let left?, let right?): left.isEqual(to: right)
            default: false
            }
        case (.int, .uint), (.int, .double), (.uint, .int), (.uint, .double), (.double, .int), (.double, .uint):
            numericOrder(other) == .equal
        default: false
        }
    }
}

extension CELList {
    fileprivate func isEqual(to other: CELList) -> Bool {
        guard elements.count == other.elements.count else { return false }
        return zip(elements, other.elements).allSatisfy { $0.isEqual(to: $1) }
    }
}

extension CELMap {
    fileprivate func isEqual(to other: CELMap) -> Bool {
        guard count == other.count else { return false }
        return zip(keys, values).allSatisfy { key, value in other[key].map { $0.isEqual(to: value) } ?? false }
    }
}
