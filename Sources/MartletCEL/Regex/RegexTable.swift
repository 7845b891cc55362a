/// A deterministic automaton made beforehand, where it is small enough.
struct RegexTable: Sendable {
    /// The number of a character's kind below U+0080.
    private var asciiKinds: [UInt8]
    /// The first code points of ranges, ascending, and the kind of each range.
    private let starts: [UInt32]
    private let kinds: [UInt8]
    /// For each state its row: the next state for each kind, last for the end of the text. -1 is a match, -2 none.
    private let rows: [Int16]
    private let width: Int

    private static let maximumStates = 128
    private static let maximumKinds = 60
    private static let maximumInstructions = 400

    /// Whether any part of a text matches.
    func matches(_ text: String) -> Bool {
        var state = 0
        for scalar in text.unicodeScalars {
            let value = scalar.value
            let kind = value < 0x80 ? asciiKinds[Int(value)] : kind(of: value)
            let next = rows[state * width + Int(kind)]
            guard next >= 0 else { return true }
            state = Int(next)
        }
        return rows[state * width + width - 1] == -1
    }

    private func kind(of value: UInt32) -> UInt8 {
        var (low, high) = (0, starts.count)
        while low + 1 < high {
            let middle = (low + high) / 2
            if starts[middle] <= value { low = middle } else { high = middle }
        }
        return kinds[low]
    }

    private struct State: Hashable {
        let instructions: [Int]
        let before: RegexNeighbour
    }

    /// Nil when the automaton would be too large.
    init?(_ program: RegexProgram) {
        guard program.instructions.count <= RegexTable.maximumInstructions else { return nil }
        var cuts: Set<UInt32> = [0]
        let extra = program.hasAssertions ? [RegexClass.words, RegexClass("\n")] : []
        for range in (program.classes + extra).flatMap(\.ranges) {
            cuts.insert(range.lowerBound)
            if range.upperBound < RegexClass.last { cuts.insert(range.upperBound + 1) }
        }
        guard cuts.count <= 2_000 else { return nil }
        starts = cuts.sorted()
        // Ranges that all classes treat alike are one kind.
        var numbers: [[Bool]: UInt8] = [:]
        var examples: [UInt32] = []
        var kinds: [UInt8] = []
        for start in starts {
            let membership = (program.classes + extra).map { $0.contains(start) }
            if let known = numbers[membership] {
                kinds.append(known)
                continue
            }
            guard examples.count < RegexTable.maximumKinds else { return nil }
            let number = UInt8(examples.count)
            numbers[membership] = number
            examples.append(start)
            kinds.append(number)
        }
        self.kinds = kinds
        width = examples.count + 1
        guard let rows = RegexTable.rows(program, examples) else { return nil }
        self.rows = rows
        asciiKinds = []
        asciiKinds = (0..<0x80).map { kind(of: $0) }
    }

    private static func rows(_ program: RegexProgram, _ examples: [UInt32]) -> [Int16]? {
        var walker = RegexWalker(program)
        var numbers: [State: Int16] = [:]
        var states: [State] = []
        func number(_ state: State) -> Int16 {
            if let known = numbers[state] { return known }
            let number = Int16(states.count)
            numbers[state] = number
            states.append(state)
            return number
        }
        _ = number(State(instructions: [0], before: .border))
        var rows: [Int16] = []
        var index = 0
        while index < states.count {
            guard states.count <= maximumStates else { return nil }
            let state = states[index]
            for example in examples {
                let after = program.hasAssertions ? RegexNeighbour(example) : .other
                guard let takers = walker.reachable(from: state.instructions, state.before, after) else {
                    rows.append(-1)
                    continue
                }
                let next = Set(walker.next(takers, example) + [0]).sorted()
                rows.append(number(State(instructions: next, before: after)))
            }
            rows.append(walker.reachable(from: state.instructions, state.before, .border) == nil ? -1 : -2)
            index += 1
        }
        return rows
    }
}
