/// A nondeterministic automaton as a list of instructions (Thompson's construction).
struct RegexProgram: Sendable {
    /// An instruction; numbers are positions in ``instructions``.
    enum Instruction: Sendable {
        /// Takes one character of a class of ``classes`` and goes on with the next instruction.
        case take(Int)
        /// Goes on in both places.
        case split(Int, Int)
        case jump(Int)
        /// Goes on with the next instruction where a condition holds.
        case assert(RegexAssertion)
        case match
    }

    private(set) var instructions: [Instruction] = []
    private(set) var classes: [RegexClass] = []
    private(set) var hasAssertions = false
    private var numbers: [RegexClass: Int] = [:]
    private let limit: Int
    private var work = 0

    init(_ syntax: RegexSyntax, limit: Int) throws(CELFault) {
        self.limit = limit
        try add(syntax)
        try add(.match)
        numbers = [:]
    }

    private mutating func add(_ instruction: Instruction) throws(CELFault) {
        guard instructions.count < limit else { throw tooLarge }
        instructions.append(instruction)
    }

    private var tooLarge: CELFault { CELFault(.limit, "regular expression: it has more than \(limit) states") }

    private mutating func add(_ syntax: RegexSyntax) throws(CELFault) {
        // Repetitions of nothing add no instruction but take time.
        work += 1
        guard work <= limit * 4 else { throw tooLarge }
        switch syntax {
        case .empty: return
        case .one(let set):
            let number = numbers[set] ?? classes.count
            if number == classes.count {
                classes.append(set)
                numbers[set] = number
            }
            try add(.take(number))
        case .sequence(let parts):
            for part in parts { try add(part) }
        case .choice(let options): try addChoice(options)
        case .repeated(let part, let least, let most): try addRepetition(part, least, most)
        case .assertion(let assertion):
            hasAssertions = true
            try add(.assert(assertion))
        }
    }

    private mutating func addChoice(_ options: [RegexSyntax]) throws(CELFault) {
        var ends: [Int] = []
        for (index, option) in options.enumerated() {
            guard index < options.count - 1 else {
                try add(option)
                break
            }
            let split = instructions.count
            try add(.split(split + 1, split + 1))
            try add(option)
            ends.append(instructions.count)
            try add(.jump(0))
            instructions[split] = .split(split + 1, instructions.count)
        }
        for end in ends { instructions[end] = .jump(instructions.count) }
    }

    private mutating func addRepetition(_ part: RegexSyntax, _ least: Int, _ most: Int?) throws(CELFault) {
        for _ in 0..<least { try add(part) }
        guard let most else {
            let split = instructions.count
            try add(.split(split + 1, split + 1))
            try add(part)
            try add(.jump(split))
            instructions[split] = .split(split + 1, instructions.count)
            return
        }
        var splits: [Int] = []
        for _ in least..<most {
            splits.append(instructions.count)
            try add(.split(instructions.count + 1, instructions.count + 1))
            try add(part)
        }
        for split in splits { instructions[split] = .split(split + 1, instructions.count) }
    }
}
