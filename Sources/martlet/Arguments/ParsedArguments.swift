import MartletCore

/// A command line that fits the table: the command, its operands and options.
struct ParsedArguments: Sendable {
    let command: CommandSpec
    var operands: [String] = []
    /// Option name → values in the order they were given; an option without a value has one empty string.
    var values: [String: [String]] = [:]

    init(command: CommandSpec) { self.command = command }

    func has(_ name: String) -> Bool { values[name] != nil }

    /// The last value given.
    func value(_ name: String) -> String? { values[name]?.last }

    /// Every value given, comma lists taken apart.
    func list(_ name: String) -> [String] { values[name] ?? [] }

    /// A whole number of a range; throws a usage error for anything else.
    func integer(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let text = value(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            let upper = range.upperBound == .max ? "" : " and at most \(range.upperBound)"
            throw MartletError(
                .usage, "--\(name) needs a whole number of at least \(range.lowerBound)\(upper), not '\(text)'")
        }
        return number
    }
}
