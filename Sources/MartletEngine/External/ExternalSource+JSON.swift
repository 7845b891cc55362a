import MartletCore

extension ExternalSource {
    /// The source for storage: an object with `name`, `command`, `output`, `timeout_seconds`, `output_bytes`,
    /// `disk_bytes`, and, where they are set, `memory_bytes`, `findings_exit_codes`, `environment` and `secrets`.
    public var json: JSONValue {
        var members: [JSONValue.Member] = [
            .init("name", .string(name)), .init("command", command.json), .init("output", .string(output.description)),
            .init("timeout_seconds", .int(Int64(timeout))), .init("output_bytes", .int(outputLimit)),
            .init("disk_bytes", .int(diskLimit)),
        ]
        if let memoryLimit { members.append(.init("memory_bytes", .int(memoryLimit))) }
        if !findingsExitCodes.isEmpty {
            members.append(
                .init("findings_exit_codes", .array(findingsExitCodes.sorted().map { .int(Int64($0)) })))
        }
        if !environment.isEmpty {
            let variables = environment.sorted { $0.key < $1.key }
            members.append(.init("environment", .object(variables.map { .init($0.key, .string($0.value)) })))
        }
        if !secrets.isEmpty { members.append(.init("secrets", .array(secrets.map { .string($0.description) }))) }
        return .object(members)
    }

    /// Reads a source and validates it. `name`, `command` and `output` must be there.
    ///
    /// Throws ``MartletError`` (`invalidInput`) with a JSON pointer as its place, also for unknown and repeated keys: what
    /// is misspelled may have been a limit.
    public init(json: JSONValue) throws {
        let fields = try ExternalFields(json, at: "")
        self.init(
            name: try fields.text("name"), command: try ExternalCommand(json: try fields.value("command")),
            output: try ExternalOutputPlace(try fields.text("output")))
        for (key, value) in fields.members {
            let pointer = fields.pointer(key)
            switch key {
            case "name", "command", "output": break
            case "timeout_seconds": timeout = Int(try ExternalFields.number(value, pointer))
            case "output_bytes": outputLimit = try ExternalFields.number(value, pointer)
            case "disk_bytes": diskLimit = try ExternalFields.number(value, pointer)
            case "memory_bytes": memoryLimit = value.isNull ? nil : try ExternalFields.number(value, pointer)
            case "findings_exit_codes":
                findingsExitCodes = Set(
                    try ExternalFields.list(value, pointer).map { Int32(clamping: try ExternalFields.number($0, $1)) })
            case "environment":
                let variables = try ExternalFields(value, at: pointer)
                for name in variables.members.map(\.0) { environment[name] = try variables.text(name) }
            case "secrets":
                secrets = try ExternalFields.list(value, pointer).map {
                    try ExternalSecret(try ExternalFields.text($0, $1), place: $1)
                }
            default: throw MartletError(.invalidInput, "this key has no meaning in a source", place: pointer)
            }
        }
        try validate()
    }
}
