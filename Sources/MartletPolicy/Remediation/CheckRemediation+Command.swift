import MartletCEL
import MartletCore

extension CheckRemediation {
    /// The variables of a command.
    static let environment = CELEnvironment(variables: [CELVariable("resource"), CELVariable("account")])

    /// The command line for one resource, to be shown and never run; nil when the check has none.
    ///
    /// Values are quoted for a POSIX shell where they need it, so that a resource cannot be named into a command; see
    /// ``ShellText`` for when there is none.
    ///
    /// - Parameters:
    ///   - id: The resource's identifier.
    ///   - name: Its name.
    ///   - region: Its region; may be empty.
    ///   - account: The account's id.
    /// - Throws: ``MartletError`` (`invalidInput`) for a command whose expressions have no value, and for values that
    ///   cannot be put in safely.
    public func command(id: String, name: String, region: String, account: String) throws(MartletError) -> String? {
        guard let cli else { return nil }
        let bindings = Self.environment.bindings([
            "resource": .object([
                ("id", .string(id)), ("name", .string(name)), ("group", .string(Self.group(of: id))),
                ("region", .string(region)),
            ]),
            "account": .object([("id", .string(account))]),
        ])
        var text = ShellText()
        var hasValues = false
        for part in cli.parts {
            switch part {
            case .text(let piece): text.append(literal: piece)
            case .expression(let expression):
                let program = try CheckProgram(expression, environment: Self.environment)
                switch program.value(bindings) {
                case .success(let value): try text.append(value: value.checkText)
                case .failure(let failure): throw MartletError(.invalidInput, failure.message, place: failure.place)
                }
                hasValues = true
            }
        }
        return try text.finished(hasValues: hasValues)
    }

    /// The resource group in an identifier of Azure; empty when there is none.
    private static func group(of id: String) -> String {
        let parts = id.split(separator: "/", omittingEmptySubsequences: false)
        guard let position = parts.firstIndex(where: { $0.lowercased() == "resourcegroups" }),
            parts.indices.contains(position + 1)
        else { return "" }
        return String(parts[position + 1])
    }
}
