/// One command of the command table: drives parsing, help, completions and the checks of the documents.
struct CommandSpec: Sendable {
    /// What the operands are, for completions.
    enum Operand: Sendable {
        case none
        case text
        case file
        case choices([String])
    }

    /// The words that name the command, as in `frameworks add`.
    let path: [String]
    /// How help names the operands, as in `FILE… | -`.
    let operands: String
    let operandCount: ClosedRange<Int>
    let operand: Operand
    /// One line without a full stop.
    let summary: String
    /// Paragraphs for `--help`.
    let details: String
    let options: [OptionSpec]
    let action: CommandAction

    init(
        _ path: String..., operands: String = "", count: ClosedRange<Int> = 0...0, operand: Operand = .none,
        summary: String, details: String = "", options: [OptionSpec] = [], action: CommandAction
    ) {
        self.path = path
        self.operands = operands
        self.operandCount = count
        self.operand = operand
        self.summary = summary
        self.details = details
        self.options = options
        self.action = action
    }

    var name: String { path.joined(separator: " ") }
    var synopsis: String { operands.isEmpty ? name : "\(name) \(operands)" }

    /// The options of the command and the global ones.
    var allOptions: [OptionSpec] { options + CommandTable.global }
}
