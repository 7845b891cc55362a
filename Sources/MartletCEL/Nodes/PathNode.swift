/// Fields of a variable, one in the other: `resource.properties.networkAcls`.
final class PathNode: Node {
    /// A field to select.
    struct Step {
        let key: String
        let hash: UInt32
        let offset: Int32
    }

    private let slot: Int
    private let name: String
    private let start: Int32
    private let steps: ContiguousArray<Step>

    private init(_ slot: Int, _ name: String, _ start: Int32, _ steps: ContiguousArray<Step>, _ offset: Int32) {
        self.slot = slot
        self.name = name
        self.start = start
        self.steps = steps
        super.init(offset: offset, size: steps.count + 1)
    }

    /// One more field; nil when the base is not a path.
    convenience init?(extending base: Node, _ key: String, _ offset: Int32) {
        let step = Step(key: key, hash: CELMap.hash(key), offset: offset)
        if let variable = base as? VariableNode {
            self.init(variable.slot, variable.name, variable.offset, [step], offset)
        } else if let path = base as? PathNode {
            self.init(path.slot, path.name, path.start, path.steps + [step], offset)
        } else {
            return nil
        }
    }

    override func evaluate(_ frame: inout Frame) throws(CELFault) -> CELValue {
        guard slot < frame.variables.count, let base = frame.variables[slot] else {
            throw VariableNode.unbound(name, start)
        }
        // Nearly every path leads through maps: only these are held on the way, not the values around them.
        guard case .map(var map) = base else { return try walk(from: base, 0) }
        let last = steps.count - 1
        for index in 0..<last {
            guard let position = map.position(of: steps[index].key, hash: steps[index].hash),
                case .map(let next) = map.values[position]
            else { return try walk(from: .map(map), index) }
            map = next
        }
        guard let position = map.position(of: steps[last].key, hash: steps[last].hash) else {
            return try walk(from: .map(map), last)
        }
        return try map.values[position].read(offset)
    }

    /// The rest of the path, from a step on.
    private func walk(from base: CELValue, _ first: Int) throws(CELFault) -> CELValue {
        var current = base
        for step in steps[first...] { current = try current.field(step.key, step.offset) }
        return try current.read(offset)
    }
}
