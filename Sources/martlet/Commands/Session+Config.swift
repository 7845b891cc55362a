import MartletCore
import MartletStore

extension Session {
    /// Shows what every setting is and where it comes from; secrets are left out.
    func showConfig() async throws -> ExitCode {
        var lines: [(name: String, value: String, origin: String)] = []
        for option in ConfigurationFile.options {
            guard let variable = option.environment else { continue }
            let value = environment[variable].flatMap { $0.isEmpty ? nil : $0 }
            // What the line itself has, of the options that every command takes.
            let given = arguments.value(option.name)
            let isGiven = given != nil && given != value
            let origin = value == nil ? "default" : origins[variable] ?? "environment: \(variable)"
            lines.append(
                (option.name, Self.shown(isGiven ? given : value, option), isGiven ? "command line" : origin))
        }
        lines.sort { $0.name < $1.name }
        if format == .json || format == .ndjson {
            var json = JSONWriter(indentation: format == .json ? 2 : nil)
            json.beginArray()
            for line in lines {
                json.beginObject()
                json.field("name", line.name)
                json.field("value", line.value)
                json.field("origin", line.origin)
                json.endObject()
            }
            json.endArray()
            return try print(json.text + "\n")
        }
        let width = lines.map(\.name.count).max() ?? 0
        let text = lines.map { line in
            line.name + String(repeating: " ", count: width - line.name.count + 2)
                + DisplayText.safe(line.value.isEmpty ? "-" : line.value) + "  (\(line.origin))"
        }
        return try print(text.joined(separator: "\n") + "\n")
    }

    private static func shown(_ value: String?, _ option: OptionSpec) -> String {
        guard let value else { return "" }
        if option.isSecret { return "***" }
        return option.name == "database" ? (try? DatabaseLocation.shown(value)) ?? "***" : value
    }
}
