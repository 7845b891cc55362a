/// A regular expression in the syntax of RE2 that answers whether any part of a text matches, in linear time.
struct Regex: Sendable {
    private let program: RegexProgram
    private var table: RegexTable?

    /// The number of instructions of the automaton.
    var stateCount: Int { program.instructions.count }

    /// What making it has cost, in steps of an evaluation.
    let cost: Int

    /// - Throws: ``CELFault`` `value` when the pattern cannot be read, `limit` when it is too large.
    init(_ pattern: String, limits: CELLimits) throws(CELFault) {
        guard pattern.utf8.count <= limits.patternBytes else {
            throw CELFault(
                .limit, "regular expression: it has more than \(limits.patternBytes) bytes")
        }
        var parser = RegexParser(pattern)
        let syntax = try parser.parse()
        program = try RegexProgram(syntax, limit: limits.patternStates)
        cost = parser.work.addingWeight(pattern.utf8.count + program.instructions.count * 4)
    }

    /// The same with a table for every transition, where that is small; for patterns that are used often.
    func withTable() -> Regex {
        var regex = self
        regex.table = RegexTable(program)
        return regex
    }

    /// Whether any part of a text matches.
    func matches(_ text: String, _ budget: inout CELBudget) throws(CELFault) -> Bool {
        if let table {
            try budget.work(1 + text.utf8.count >> 4)
            return table.matches(text)
        }
        try budget.work((1 + text.utf8.count).multipliedWeight(by: 1 + stateCount >> 2))
        var walker = RegexWalker(program)
        return walker.matches(text)
    }
}
