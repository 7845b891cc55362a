/// Functions of lists. `filter`, `map`, `sortBy` and their like are macros.
enum ListFunctions {
    private static let list = CELType.list(.dyn)

    static let all: [CELFunction] = [
        CELFunction("lists.range", .global, [.init([.int], .list(.int))], .one(range)),
        CELFunction("slice", .member, [.init([list, .int, .int], list)], .three(slice)),
        CELFunction("flatten", .member, [.init([list], list)], .one(flatten)),
        CELFunction("flatten", .member, [.init([list, .int], list)], .two(flattenTo)),
        CELFunction("distinct", .member, [.init([list], list)], .one(distinct)),
        CELFunction("sort", .member, [.init([list], list)], .one(sort)),
        CELFunction("first", .member, [.init([list], .optional(.dyn))], .one(first)),
        CELFunction("last", .member, [.init([list], .optional(.dyn))], .one(last)),
        CELFunction("sets.contains", .global, [.init([list, list], .bool)], .two(contains)),
        CELFunction("sets.intersects", .global, [.init([list, list], .bool)], .two(intersects)),
        CELFunction("sets.equivalent", .global, [.init([list, list], .bool)], .two(equivalent)),
    ]

    private static func elements(_ value: CELValue) throws(CELFault) -> CELList {
        guard case .list(let list) = value else { throw CELFault.noOverload }
        return list
    }

    private static func range(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        guard case .int(let count) = value else { throw CELFault.noOverload }
        guard count > 0 else { return .list(.empty) }
        try budget.build(Int(count))
        return .list(CELList((0..<count).map { .int($0) }))
    }

    private static func slice(
        _ value: CELValue, _ start: CELValue, _ end: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue {
        let list = try elements(value)
        guard case .int(let start) = start, case .int(let end) = end else { throw CELFault.noOverload }
        guard start >= 0, start <= end, end <= list.count else {
            throw CELFault(.value, "there is no slice from \(start) to \(end) of a list of \(list.count)")
        }
        try budget.build(Int(end - start) + 1)
        return .list(CELList(list.elements[Int(start)..<Int(end)]))
    }

    private static func flatten(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        try flattenTo(value, .int(1), &budget)
    }

    private static func flattenTo(
        _ value: CELValue, _ depth: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue {
        guard case .int(let depth) = depth else { throw CELFault.noOverload }
        guard depth >= 0 else { throw CELFault(.value, "the depth must not be negative") }
        var flat = ContiguousArray<CELValue>()
        try append(try elements(value), depth, to: &flat, &budget)
        return .list(CELList(flat))
    }

    private static func append(
        _ list: CELList, _ depth: Int64, to flat: inout ContiguousArray<CELValue>, _ budget: inout CELBudget
    ) throws(CELFault) {
        try budget.work(list.count + 1)
        for element in list.elements {
            if case .list(let inner) = element, depth > 0 {
                try append(inner, depth - 1, to: &flat, &budget)
            } else {
                try budget.build(1)
                flat.append(element)
            }
        }
    }

    private static func distinct(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        var kept = ContiguousArray<CELValue>()
        var keys = CELMapBuilder()
        for element in try elements(value).elements {
            try budget.work(element.weight)
            switch keys.add(element, .null) {
            case .repeated: continue
            case .added: break
            case .invalidKey:
                // Compared one by one, which costs accordingly.
                try budget.work(element.weight.multipliedWeight(by: kept.count))
                guard !kept.contains(where: { $0.isEqual(to: element) }) else { continue }
            }
            try budget.build(1)
            kept.append(element)
        }
        return .list(CELList(kept))
    }

    private static func sort(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        .list(try sorted(try elements(value).elements.map { ($0, $0) }, &budget))
    }

    /// Sorts by keys of one kind; equal keys stay in their order.
    static func sorted(
        _ keyed: [(key: CELValue, value: CELValue)], _ budget: inout CELBudget
    ) throws(CELFault) -> CELList {
        let weight = keyed.reduce(0) { $0.addingWeight($1.key.weight) }
        try budget.work(weight.multipliedWeight(by: 1 + Int.bitWidth - keyed.count.leadingZeroBitCount))
        try budget.build(keyed.count + 1)
        for (index, element) in keyed.enumerated() {
            guard let order = element.key.order(keyed[max(0, index - 1)].key), order != .unordered else {
                throw CELFault(.type, "only numbers, texts, bytes, booleans and times of one kind can be sorted")
            }
        }
        let sorted = keyed.enumerated().sorted { left, right in
            switch left.element.key.order(right.element.key) {
            case .ascending: true
            case .descending: false
            default: left.offset < right.offset
            }
        }
        return CELList(sorted.map(\.element.value))
    }

    private static func first(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        .optional(CELOptional(try elements(value).elements.first))
    }

    private static func last(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        .optional(CELOptional(try elements(value).elements.last))
    }

    // MARK: Lists as sets

    private static func pay(_ left: CELList, _ right: CELList, _ budget: inout CELBudget) throws(CELFault) {
        try budget.work(left.weight.multipliedWeight(by: right.count + 1))
    }

    private static func contains(
        _ left: CELValue, _ right: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue {
        let (left, right) = (try elements(left), try elements(right))
        try pay(left, right, &budget)
        return .bool(right.elements.allSatisfy { left.elements.contains($0) })
    }

    private static func intersects(
        _ left: CELValue, _ right: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue {
        let (left, right) = (try elements(left), try elements(right))
        try pay(left, right, &budget)
        return .bool(right.elements.contains { left.elements.contains($0) })
    }

    private static func equivalent(
        _ left: CELValue, _ right: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue {
        guard case .bool(true) = try contains(left, right, &budget) else { return .bool(false) }
        return try contains(right, left, &budget)
    }
}

extension Int {
    /// The product, or the largest number where it does not fit.
    func multipliedWeight(by other: Int) -> Int {
        let (product, overflow) = multipliedReportingOverflow(by: other)
        return overflow ? .max : product
    }
}
