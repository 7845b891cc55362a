/// `text.matches(pattern)` with a constant pattern.
final class MatchNode: Node {
    private let text: Node
    private let regex: Regex

    init(_ text: Node, _ regex: Regex, _ offset: Int32) {
        self.text = text
        self.regex = regex
        super.init(offset: offset, size: text.size + 2)
    }

    override func evaluate(_ frame: inout Frame) throws(CELFault) -> CELValue { .bool(try test(&frame)) }

    override func test(_ frame: inout Frame) throws(CELFault) -> Bool {
        guard case .string(let text) = try text.evaluate(&frame) else { throw CELFault.noOverload.at(offset) }
        do throws(CELFault) { return try regex.matches(text, &frame.budget) } catch { throw error.at(offset) }
    }
}
