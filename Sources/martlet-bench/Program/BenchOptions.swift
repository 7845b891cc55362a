import MartletCore

/// The options of one command, each `--name value`, `--name=value` or a flag.
struct BenchOptions {
    private var values: [String: [String]] = [:]
    private var flags: Set<String> = []

    private static let flagNames: Set<String> = ["keep", "rescan", "reuse", "mutants", "exhaustive"]

    /// - Throws: ``MartletError`` `usage` for an option that is not in `known`, and for one without its value.
    init(_ arguments: [String], known: Set<String>) throws {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            var name = argument == "-o" ? "format" : String(argument.drop { $0 == "-" })
            guard argument.hasPrefix("--") || argument == "-o" else {
                throw MartletError(.usage, "'\(argument)' is not expected here")
            }
            var value: String?
            if let equals = name.firstIndex(of: "=") {
                value = String(name[name.index(after: equals)...])
                name = String(name[..<equals])
            }
            guard known.contains(name) else { throw MartletError(.usage, "there is no option '\(argument)'") }
            if Self.flagNames.contains(name) {
                flags.insert(name)
            } else if let value = value ?? rest.popFirst() {
                values[name, default: []].append(value)
            } else {
                throw MartletError(.usage, "a value is missing", place: argument)
            }
        }
    }

    /// Whether a flag was given.
    func has(_ flag: String) -> Bool { flags.contains(flag) }

    /// All values of an option.
    func list(_ name: String) -> [String] { values[name] ?? [] }

    /// The last value of an option.
    func value(_ name: String) -> String? { values[name]?.last }

    /// A whole number; nil when the option was not given.
    func integer(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let text = value(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw MartletError(
                .usage, "expected a whole number from \(range.lowerBound) to \(range.upperBound), got '\(text)'",
                place: "--" + name)
        }
        return number
    }

    /// A share from 0 to 1; nil when the option was not given.
    func share(_ name: String) throws -> Double? {
        guard let text = value(name) else { return nil }
        guard let number = Double(text), (0...1).contains(number) else {
            throw MartletError(.usage, "expected a share from 0 to 1, got '\(text)'", place: "--" + name)
        }
        return number
    }

    /// Whether `-o json` was asked for.
    func wantsJSON() throws -> Bool {
        switch value("format") ?? "table" {
        case "table": return false
        case "json": return true
        case let other: throw MartletError(.usage, "expected table or json, got '\(other)'", place: "-o")
        }
    }
}
