/// What is left of the limits of one evaluation.
public struct CELBudget: Sendable {
    /// Steps that are left; see ``CELLimits/steps``.
    public private(set) var steps: Int
    /// Cells that are left; see ``CELLimits/cells``.
    public private(set) var cells: Int
    let limits: CELLimits

    init(_ limits: CELLimits) {
        steps = limits.steps
        cells = limits.cells
        self.limits = limits
    }

    /// Pays for work before it is done.
    /// - Throws: ``CELFault`` `limit` when not enough is left.
    @inline(__always)
    public mutating func work(_ count: Int) throws(CELFault) {
        guard count <= steps else { throw CELBudget.tooManySteps }
        steps -= count
    }

    /// Pays for something before it is built.
    /// - Throws: ``CELFault`` `limit` when not enough is left.
    @inline(__always)
    public mutating func build(_ count: Int) throws(CELFault) {
        guard count <= cells else { throw CELBudget.tooManyCells }
        cells -= count
    }

    /// Pays for a text of some bytes, and for writing it.
    public mutating func buildText(bytes: Int) throws(CELFault) {
        let count = 1 + bytes >> 4
        try build(count)
        try work(count)
    }

    private static let tooManySteps = CELFault(.limit, "the expression takes too many steps")
    private static let tooManyCells = CELFault(.limit, "the expression builds too much data")
}
