/// `[a, b, ?c]`.
final class ListNode: Node {
    /// An element; an optional one is left out when it is absent.
    struct Element {
        let node: Node
        let isOptional: Bool
    }

    private let elements: ContiguousArray<Element>

    init(_ elements: ContiguousArray<Element>, _ offset: Int32) {
        self.elements = elements
        super.init(offset: offset, size: elements.reduce(1) { $0 + $1.node.size })
    }

    override func evaluate(_ frame: inout Frame) throws(CELFault) -> CELValue {
        var values = ContiguousArray<CELValue>()
        values.reserveCapacity(elements.count)
        for element in elements {
            var value = try element.node.evaluate(&frame)
            if element.isOptional {
                guard let present = try value.unwrapped(element.node.offset) else { continue }
                value = present
            }
            try frame.budget.build(1)
            values.append(value)
        }
        try frame.budget.build(1)
        return .list(CELList(values))
    }
}

/// `{key: value, ?key: optional}`.
final class MapNode: Node {
    /// An entry; an optional one is left out when its value is absent.
    struct Entry {
        let key: Node
        let value: Node
        let isOptional: Bool
    }

    private let entries: ContiguousArray<Entry>

    init(_ entries: ContiguousArray<Entry>, _ offset: Int32) {
        self.entries = entries
        super.init(offset: offset, size: entries.reduce(1) { $0 + $1.key.size + $1.value.size })
    }

    override func evaluate(_ frame: inout Frame) throws(CELFault) -> CELValue {
        var builder = CELMapBuilder(capacity: entries.count)
        for entry in entries {
            let key = try entry.key.evaluate(&frame)
            var value = try entry.value.evaluate(&frame)
            if entry.isOptional {
                guard let present = try value.unwrapped(entry.value.offset) else { continue }
                value = present
            }
            try frame.budget.build(2)
            try builder.add(key, value, at: entry.key.offset)
        }
        try frame.budget.build(1)
        return .map(CELMap(builder))
    }
}

extension CELValue {
    /// What is in an optional.
    fileprivate func unwrapped(_ offset: Int32) throws(CELFault) -> CELValue? {
        guard case .optional(let optional) = self else {
            throw CELFault(.type, "expected an optional after ?, got \(type.name)", offset: Int(offset))
        }
        return optional.value
    }
}

extension CELMapBuilder {
    /// Adds an entry; a key that is there already, or cannot be one, is an error.
    mutating func add(_ key: CELValue, _ value: CELValue, at offset: Int32) throws(CELFault) {
        switch add(key, value) {
        case .added: return
        case .repeated: throw CELFault(.value, "a key stands twice in the map", offset: Int(offset))
        case .invalidKey:
            throw CELFault(.type, "\(key.type.name) cannot be the key of a map", offset: Int(offset))
        }
    }
}
