import MartletCore

extension ExternalCommand {
    /// The command for storage: an array of texts, and of arrays of texts for groups.
    public var json: JSONValue {
        .array(
            parts.map { part in
                switch part {
                case .argument(let text): .string(text)
                case .group(let texts): .array(texts.map { .string($0) })
                }
            })
    }

    /// Reads a command and validates it.
    ///
    /// Throws ``MartletError`` (`invalidInput`) whose place is a JSON pointer into the source, `/command` and below.
    public init(json: JSONValue) throws {
        parts = try ExternalFields.list(json, "/command").map { value, pointer in
            if case .array = value {
                return .group(try ExternalFields.list(value, pointer).map { try ExternalFields.text($0, $1) })
            }
            return .argument(try ExternalFields.text(value, pointer))
        }
        try validate()
    }
}
