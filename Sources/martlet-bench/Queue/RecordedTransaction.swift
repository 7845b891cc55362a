import MartletStore

/// A transaction as Martlet sent it: its statements with their values, in their order.
struct RecordedTransaction: Sendable {
    /// A statement and what its placeholders stood for.
    struct Statement: Sendable {
        var sql: String
        var values: [Value]
        /// The moment or token that it gave, which later statements name.
        var gave: Int64?

        /// The same statement about something else.
        func about(_ others: Replacements) -> Statement {
            var copy = self
            copy.values = values.map { value in
                switch value {
                case .text(let text): .text(others.texts[text] ?? text)
                case .int(let number): .int(others.numbers[number] ?? number)
                default: value
                }
            }
            return copy
        }
    }

    /// What stands in a replay for the texts and numbers of the recording.
    struct Replacements {
        var texts: [String: String] = [:]
        var numbers: [Int64: Int64] = [:]
    }

    let scope: DatabaseScope
    let isReadOnly: Bool
    var statements: [Statement] = []
}
