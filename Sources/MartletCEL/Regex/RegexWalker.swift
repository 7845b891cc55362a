/// Walks through an automaton with all of its states at once, so that the time is linear in the text.
struct RegexWalker {
    private let program: RegexProgram
    /// The round in which an instruction was reached last.
    private var reached: [Int]
    private var round = 0
    private var stack: [Int] = []

    init(_ program: RegexProgram) {
        self.program = program
        reached = Array(repeating: 0, count: program.instructions.count)
    }

    /// The instructions that take a character and can be reached from others without one; nil when a match is.
    mutating func reachable(
        from starts: [Int], _ before: RegexNeighbour, _ after: RegexNeighbour
    ) -> [Int]? {
        round += 1
        var takers: [Int] = []
        stack.removeAll(keepingCapacity: true)
        stack.append(contentsOf: starts.reversed())
        while let position = stack.popLast() {
            guard reached[position] != round else { continue }
            reached[position] = round
            switch program.instructions[position] {
            case .take: takers.append(position)
            case .jump(let target): stack.append(target)
            case .split(let first, let second):
                stack.append(second)
                stack.append(first)
            case .assert(let assertion):
                if assertion.holds(before, after) { stack.append(position + 1) }
            case .match: return nil
            }
        }
        return takers
    }

    /// Whether any part of a text matches.
    mutating func matches(_ text: String) -> Bool {
        var current: [Int] = [0]
        var before = RegexNeighbour.border
        for scalar in text.unicodeScalars {
            let after = RegexNeighbour(scalar.value)
            guard let takers = reachable(from: current, before, after) else { return true }
            // A match may also begin after this character.
            current = next(takers, scalar.value)
            current.append(0)
            before = after
        }
        return reachable(from: current, before, .border) == nil
    }

    /// The instructions after those that take a character.
    func next(_ takers: [Int], _ value: UInt32) -> [Int] {
        takers.compactMap { position in
            guard case .take(let number) = program.instructions[position],
                program.classes[number].contains(value)
            else { return nil }
            return position + 1
        }
    }
}
