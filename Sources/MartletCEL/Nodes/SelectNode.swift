/// A field of any value: `x.field`, `x.?field`.
final class SelectNode: Node {
    private let base: Node
    private let key: String
    private let hash: UInt32
    private let isOptional: Bool

    init(_ base: Node, _ key: String, isOptional: Bool, _ offset: Int32) {
        self.base = base
        self.key = key
        hash = CELMap.hash(key)
        self.isOptional = isOptional
        super.init(offset: offset, size: base.size + 1)
    }

    override func evaluate(_ frame: inout Frame) throws(CELFault) -> CELValue {
        let value = try base.evaluate(&frame)
        guard !isOptional else { return .optional(try value.optionalField(key, offset)) }
        if case .map(let map) = value, let position = map.position(of: key, hash: hash) {
            return try map.values[position].read(offset)
        }
        return try value.field(key, offset)
    }
}

/// Whether a field is there: `has(x.field)`.
final class HasNode: Node {
    private let base: Node
    private let key: String
    private let hash: UInt32
    private let isOptional: Bool

    init(_ base: Node, _ key: String, isOptional: Bool, _ offset: Int32) {
        self.base = base
        self.key = key
        hash = CELMap.hash(key)
        self.isOptional = isOptional
        super.init(offset: offset, size: base.size + 1)
    }

    override func evaluate(_ frame: inout Frame) throws(CELFault) -> CELValue { .bool(try test(&frame)) }

    override func test(_ frame: inout Frame) throws(CELFault) -> Bool {
        let value = try base.evaluate(&frame)
        if case .map(let map) = value {
            guard let position = map.position(of: key, hash: hash) else { return false }
            _ = try map.values[position].read(offset)
            return true
        }
        return try value.optionalField(key, offset).value != nil
    }
}

/// An element or entry: `x[i]`, `x[?i]`.
final class IndexNode: Node {
    private let base: Node
    private let index: Node
    private let isOptional: Bool

    init(_ base: Node, _ index: Node, isOptional: Bool, _ offset: Int32) {
        self.base = base
        self.index = index
        self.isOptional = isOptional
        super.init(offset: offset, size: base.size + index.size + 1)
    }

    override func evaluate(_ frame: inout Frame) throws(CELFault) -> CELValue {
        let value = try base.evaluate(&frame)
        let position = try index.evaluate(&frame)
        guard !isOptional else { return .optional(try value.optionalElement(position, offset)) }
        return try value.element(position, offset)
    }
}
