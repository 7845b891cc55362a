/// `filter`, `map` and `transformList`.
final class TransformNode: Node {
    private let loop: Loop
    private let filter: Node?
    private let value: Node?
    private let cost: Int

    /// Without `value` the elements themselves are kept.
    init(_ loop: Loop, filter: Node?, _ value: Node?, _ offset: Int32) {
        self.loop = loop
        self.filter = filter
        self.value = value
        cost = (filter?.size ?? 0) + (value?.size ?? 0)
        super.init(offset: offset, size: loop.range.size + 1)
    }

    override func evaluate(_ frame: inout Frame) throws(CELFault) -> CELValue {
        let items = try loop.items(&frame, offset)
        var values = ContiguousArray<CELValue>()
        for index in 0..<items.count {
            try loop.enter(items, index, &frame, cost: cost)
            if let filter, !(try filter.test(&frame)) { continue }
            let value = try value?.evaluate(&frame) ?? items.first(index)
            try frame.budget.build(1)
            values.append(value)
        }
        try frame.budget.build(1)
        return .list(CELList(values))
    }
}

/// `transformMap`: the keys of a map, or the indices of a list, with new values.
final class TransformMapNode: Node {
    private let loop: Loop
    private let filter: Node?
    private let value: Node
    private let cost: Int

    init(_ loop: Loop, filter: Node?, _ value: Node, _ offset: Int32) {
        self.loop = loop
        self.filter = filter
        self.value = value
        cost = (filter?.size ?? 0) + value.size
        super.init(offset: offset, size: loop.range.size + 1)
    }

    override func evaluate(_ frame: inout Frame) throws(CELFault) -> CELValue {
        let items = try loop.items(&frame, offset)
        var builder = CELMapBuilder()
        for index in 0..<items.count {
            try loop.enter(items, index, &frame, cost: cost)
            let key = frame.locals[loop.slot]
            if let filter, !(try filter.test(&frame)) { continue }
            let value = try value.evaluate(&frame)
            try frame.budget.build(2)
            try builder.add(key, value, at: offset)
        }
        try frame.budget.build(1)
        return .map(CELMap(builder))
    }
}

/// `list.sortBy(x, key)`.
final class SortByNode: Node {
    private let loop: Loop
    private let key: Node

    init(_ loop: Loop, _ key: Node, _ offset: Int32) {
        self.loop = loop
        self.key = key
        super.init(offset: offset, size: loop.range.size + 1)
    }

    override func evaluate(_ frame: inout Frame) throws(CELFault) -> CELValue {
        let items = try loop.items(&frame, offset)
        var keyed: [(key: CELValue, value: CELValue)] = []
        for index in 0..<items.count {
            try loop.enter(items, index, &frame, cost: key.size)
            keyed.append((try key.evaluate(&frame), items.first(index)))
        }
        do throws(CELFault) {
            return .list(try ListFunctions.sorted(keyed, &frame.budget))
        } catch {
            throw error.at(offset)
        }
    }
}
