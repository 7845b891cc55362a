/// `range.all(x, condition)` and `range.exists(x, condition)`: one element decides, whatever errors others have.
final class QuantifierNode: Node {
    /// Which of the two.
    enum Kind {
        case all
        case exists
    }

    private let loop: Loop
    private let body: Node
    /// The condition of one element that decides, and the answer then.
    private let decisive: Bool

    init(_ kind: Kind, _ loop: Loop, _ body: Node, _ offset: Int32) {
        self.loop = loop
        self.body = body
        decisive = kind == .exists
        super.init(offset: offset, size: loop.range.size + 1)
    }

    override func evaluate(_ frame: inout Frame) throws(CELFault) -> CELValue { .bool(try test(&frame)) }

    override func test(_ frame: inout Frame) throws(CELFault) -> Bool {
        let items = try loop.items(&frame, offset)
        var fault: CELFault?
        for index in 0..<items.count {
            try loop.enter(items, index, &frame, cost: body.size)
            do throws(CELFault) {
                if try body.test(&frame) == decisive { return decisive }
            } catch {
                guard error.kind != .limit else { throw error }
                fault = fault ?? error
            }
        }
        if let fault { throw fault }
        return !decisive
    }
}

/// `range.exists_one(x, condition)`: errors are not absorbed.
final class ExistsOneNode: Node {
    private let loop: Loop
    private let body: Node

    init(_ loop: Loop, _ body: Node, _ offset: Int32) {
        self.loop = loop
        self.body = body
        super.init(offset: offset, size: loop.range.size + 1)
    }

    override func evaluate(_ frame: inout Frame) throws(CELFault) -> CELValue { .bool(try test(&frame)) }

    override func test(_ frame: inout Frame) throws(CELFault) -> Bool {
        let items = try loop.items(&frame, offset)
        var found = 0
        for index in 0..<items.count {
            try loop.enter(items, index, &frame, cost: body.size)
            if try body.test(&frame) { found += 1 }
        }
        return found == 1
    }
}
