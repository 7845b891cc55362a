/// One option of the command table.
struct OptionSpec: Sendable {
    /// What a shell offers for the value.
    enum Completion: Sendable {
        case none
        case file
        case directory
    }

    /// The long name without the dashes.
    let name: String
    /// A one-letter form, as in `-o`.
    let short: Character?
    /// How help names the value; nil for an option that takes none.
    let value: String?
    let help: String
    /// May be given several times; values are then also split at commas unless ``splits`` is false.
    let repeats: Bool
    let splits: Bool
    /// The environment variable that stands in when the option isn't given.
    let environment: String?
    /// The only values allowed, compared without regard to case; empty means any.
    let choices: [String]
    let completion: Completion
    /// Whether its value may not be shown.
    let isSecret: Bool

    init(
        _ name: String, short: Character? = nil, value: String? = nil, repeats: Bool = false, splits: Bool = true,
        environment: String? = nil, choices: [String] = [], completion: Completion = .none, isSecret: Bool = false,
        _ help: String
    ) {
        self.name = name
        self.short = short
        self.value = value
        self.help = help
        self.repeats = repeats
        self.splits = splits
        self.environment = environment
        self.choices = choices
        self.completion = completion
        self.isSecret = isSecret
    }

    /// `-o, --output FORMAT`.
    var synopsis: String {
        let long = "--\(name)" + (value.map { " \($0)" } ?? "")
        return short.map { "-\($0), \(long)" } ?? "    \(long)"
    }
}
