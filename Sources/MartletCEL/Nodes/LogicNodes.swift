/// A chain of `&&`: false if any operand is, whatever errors the others have.
final class AndNode: Node {
    private let operands: ContiguousArray<Node>

    init(_ operands: ContiguousArray<Node>, _ offset: Int32) {
        self.operands = operands
        super.init(offset: offset, size: operands.reduce(1) { $0 + $1.size })
    }

    override func evaluate(_ frame: inout Frame) throws(CELFault) -> CELValue { .bool(try test(&frame)) }

    override func test(_ frame: inout Frame) throws(CELFault) -> Bool {
        var fault: CELFault?
        for operand in operands {
            do throws(CELFault) {
                guard try operand.test(&frame) else { return false }
            } catch {
                // What a limit has ended must not go on.
                guard error.kind != .limit else { throw error }
                fault = fault ?? error
            }
        }
        if let fault { throw fault }
        return true
    }
}

/// A chain of `||`: true if any operand is, whatever errors the others have.
final class OrNode: Node {
    private let operands: ContiguousArray<Node>

    init(_ operands: ContiguousArray<Node>, _ offset: Int32) {
        self.operands = operands
        super.init(offset: offset, size: operands.reduce(1) { $0 + $1.size })
    }

    override func evaluate(_ frame: inout Frame) throws(CELFault) -> CELValue { .bool(try test(&frame)) }

    override func test(_ frame: inout Frame) throws(CELFault) -> Bool {
        var fault: CELFault?
        for operand in operands {
            do throws(CELFault) {
                if try operand.test(&frame) { return true }
            } catch {
                guard error.kind != .limit else { throw error }
                fault = fault ?? error
            }
        }
        if let fault { throw fault }
        return false
    }
}

/// `!x`.
final class NotNode: Node {
    private let operand: Node

    init(_ operand: Node, _ offset: Int32) {
        self.operand = operand
        super.init(offset: offset, size: operand.size + 1)
    }

    override func evaluate(_ frame: inout Frame) throws(CELFault) -> CELValue { .bool(!(try operand.test(&frame))) }

    override func test(_ frame: inout Frame) throws(CELFault) -> Bool { !(try operand.test(&frame)) }
}

/// `condition ? this : that`.
final class ConditionalNode: Node {
    private let condition: Node
    private let yes: Node
    private let no: Node

    init(_ condition: Node, _ yes: Node, _ no: Node, _ offset: Int32) {
        self.condition = condition
        self.yes = yes
        self.no = no
        super.init(offset: offset, size: condition.size + yes.size + no.size + 1)
    }

    override func evaluate(_ frame: inout Frame) throws(CELFault) -> CELValue {
        try condition.test(&frame) ? try yes.evaluate(&frame) : try no.evaluate(&frame)
    }

    override func test(_ frame: inout Frame) throws(CELFault) -> Bool {
        try condition.test(&frame) ? try yes.test(&frame) : try no.test(&frame)
    }
}
