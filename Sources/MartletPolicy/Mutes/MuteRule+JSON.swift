import MartletCore

extension MuteRule {
    /// The rule for storage: one object with the keys `id`, `accounts`, `checks`, `regions`, `resources`, `tags`,
    /// `findings`, `exceptions` {`accounts`, `regions`, `resources`, `tags`}, `reason`, `owner`, `expires_at` (milliseconds since
    /// 1970 UTC) and `origin`. Empty lists and texts and an absent end are left out.
    public var json: JSONValue {
        var members = [JSONValue.Member("id", .string(id))]
        members += Self.lists(accounts: accounts, checks: checks, regions: regions, resources: resources, tags: tags)
        if !findings.isEmpty {
            members.append(JSONValue.Member("findings", .array(findings.map { .string($0) })))
        }
        if !exceptions.isEmpty {
            let lists = Self.lists(
                accounts: exceptions.accounts, checks: [], regions: exceptions.regions,
                resources: exceptions.resources, tags: exceptions.tags)
            members.append(JSONValue.Member("exceptions", .object(lists)))
        }
        members.append(JSONValue.Member("reason", .string(reason)))
        if !owner.isEmpty { members.append(JSONValue.Member("owner", .string(owner))) }
        if let expiresAt { members.append(JSONValue.Member("expires_at", .int(expiresAt.milliseconds))) }
        members.append(JSONValue.Member("origin", .string(origin.rawValue)))
        return .object(members)
    }

    /// Reads a rule back and validates it.
    ///
    /// Throws ``MartletError`` (`invalidInput`) with a JSON pointer as its place. An unknown key is an error: it may be a
    /// condition, and a rule without it would mute more than was meant.
    public init(json: JSONValue) throws {
        let object = try Self.members(json, at: "")
        var rule = MuteRule(id: "", reason: "")
        for (key, value) in object {
            let pointer = "/\(key)"
            switch key {
            case "id": rule.id = try Self.text(value, at: pointer)
            case "accounts": rule.accounts = try Self.list(value, at: pointer)
            case "checks": rule.checks = try Self.list(value, at: pointer)
            case "regions": rule.regions = try Self.list(value, at: pointer)
            case "resources": rule.resources = try Self.list(value, at: pointer)
            case "tags": rule.tags = try Self.list(value, at: pointer)
            case "findings": rule.findings = try Self.list(value, at: pointer)
            case "exceptions": rule.exceptions = try Self.exceptions(value)
            case "reason": rule.reason = try Self.text(value, at: pointer)
            case "owner": rule.owner = try Self.text(value, at: pointer)
            case "expires_at":
                guard case .int(let milliseconds) = value else { throw Self.wrong("a whole number", pointer) }
                rule.expiresAt = Timestamp(milliseconds: milliseconds)
            case "origin":
                guard let origin = MuteOrigin(rawValue: try Self.text(value, at: pointer)) else {
                    throw Self.wrong("cli or mutelist", pointer)
                }
                rule.origin = origin
            default: throw MartletError(.invalidInput, "this key has no meaning in a mute rule", place: pointer)
            }
        }
        try rule.validate()
        self = rule
    }

    private static func lists(
        accounts: [String], checks: [String], regions: [String], resources: [String], tags: [String]
    ) -> [JSONValue.Member] {
        let lists = [
            ("accounts", accounts), ("checks", checks), ("regions", regions), ("resources", resources), ("tags", tags),
        ]
        return lists.filter { !$0.1.isEmpty }.map { name, items in
            JSONValue.Member(name, .array(items.map { .string($0) }))
        }
    }

    private static func exceptions(_ json: JSONValue) throws -> MuteExceptions {
        var result = MuteExceptions()
        for (key, value) in try members(json, at: "/exceptions") {
            let pointer = "/exceptions/\(key)"
            switch key {
            case "accounts": result.accounts = try list(value, at: pointer)
            case "regions": result.regions = try list(value, at: pointer)
            case "resources": result.resources = try list(value, at: pointer)
            case "tags": result.tags = try list(value, at: pointer)
            default: throw MartletError(.invalidInput, "this key has no meaning in exceptions", place: pointer)
            }
        }
        return result
    }

    private static func members(_ json: JSONValue, at pointer: String) throws -> [(String, JSONValue)] {
        guard case .object(let members) = json else { throw wrong("an object", pointer) }
        guard Set(members.map(\.key)).count == members.count else {
            throw MartletError(.invalidInput, "a key stands here twice", place: pointer)
        }
        return members.map { ($0.key, $0.value) }
    }

    private static func list(_ json: JSONValue, at pointer: String) throws -> [String] {
        guard case .array(let items) = json else { throw wrong("a list of texts", pointer) }
        return try items.enumerated().map { try text($0.element, at: "\(pointer)/\($0.offset)") }
    }

    private static func text(_ json: JSONValue, at pointer: String) throws -> String {
        guard case .string(let text) = json else { throw wrong("a text", pointer) }
        return text
    }

    private static func wrong(_ expected: String, _ pointer: String) -> MartletError {
        MartletError(.invalidInput, "\(expected) was expected in a mute rule", place: pointer)
    }
}
