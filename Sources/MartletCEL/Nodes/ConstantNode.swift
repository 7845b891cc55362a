/// A value that is known before evaluation.
final class ConstantNode: Node {
    private let value: CELValue

    init(_ value: CELValue, _ offset: Int32) {
        self.value = value
        super.init(offset: offset, size: 1)
    }

    override func evaluate(_ frame: inout Frame) throws(CELFault) -> CELValue { value }

    override var constant: CELValue? { value }
}

/// Something that cannot work, where checks are off.
final class FaultNode: Node {
    private let fault: CELFault

    init(_ fault: CELFault) {
        self.fault = fault
        super.init(offset: Int32(truncatingIfNeeded: max(0, fault.offset)), size: 1)
    }

    override func evaluate(_ frame: inout Frame) throws(CELFault) -> CELValue { throw fault }
}
