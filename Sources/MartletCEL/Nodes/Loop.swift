/// What a comprehension goes through, and the variables that it sets.
struct Loop {
    let range: Node
    /// The variable of the element, or of the index or key; a second variable follows it.
    let slot: Int
    /// Whether there are two variables: index and element, or key and value.
    let hasTwo: Bool

    /// The elements to go through.
    struct Items {
        fileprivate let list: CELList?
        fileprivate let map: CELMap?
        let count: Int

        /// The element, or the key.
        func first(_ index: Int) -> CELValue {
            if let list { return list.elements[index] }
            return map?.keys[index] ?? .null
        }
    }

    func items(_ frame: inout Frame, _ offset: Int32) throws(CELFault) -> Items {
        switch try range.evaluate(&frame) {
        case .list(let list): return Items(list: list, map: nil, count: list.count)
        case .map(let map): return Items(list: nil, map: map, count: map.count)
        case let other:
            throw CELFault(.type, "expected a list or a map, got \(other.type.name)", offset: Int(offset))
        }
    }

    /// Sets the variables and pays for one round.
    @inline(__always)
    func enter(_ items: Items, _ index: Int, _ frame: inout Frame, cost: Int) throws(CELFault) {
        try frame.budget.work(cost)
        if let list = items.list {
            frame.locals[slot] = hasTwo ? .int(Int64(index)) : list.elements[index]
            if hasTwo { frame.locals[slot + 1] = list.elements[index] }
        } else if let map = items.map {
            frame.locals[slot] = map.keys[index]
            if hasTwo { frame.locals[slot + 1] = map.values[index] }
        }
    }
}
