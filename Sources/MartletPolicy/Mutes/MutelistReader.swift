import MartletCore

/// Reads the tree of a mutelist; see ``Mutelist``.
struct MutelistReader {
    let file: String
    let owner: String
    let expiresAt: Timestamp?
    private(set) var notes: [MutelistNote] = []
    private(set) var droppedNotes = 0
    private(set) var exactItems = 0

    init(file: String, owner: String, expiresAt: Timestamp?) {
        self.file = file
        self.owner = owner
        self.expiresAt = expiresAt
    }

    mutating func read(_ document: MarkedNode) throws -> [MuteRule] {
        let root = try only("Mutelist", in: document, "the document")
        let accounts = try only("Accounts", in: root, "Mutelist")
        var rules: [MuteRule] = []
        for account in try entries(accounts, "Accounts") {
            guard account.key == "*" || !account.key.contains("*"), !account.key.isEmpty else {
                throw invalid("an account is exact or \"*\": patterns are not read here", account.place(in: file))
            }
            let checks = try only("Checks", in: account.value, "an account")
            for check in try entries(checks, "Checks") {
                rules.append(try rule(account: account.key, check))
            }
        }
        return rules
    }

    private mutating func rule(account: String, _ entry: MarkedNode.Entry) throws -> MuteRule {
        var rule = MuteRule(
            id: "mutelist/\(account)/\(entry.key)", accounts: [account], reason: Mutelist.defaultReason, owner: owner,
            expiresAt: expiresAt, origin: .mutelist)
        let checks = try globs(entry.key, place: entry.place(in: file))
        rule.checks = checks.map { $0.hasPrefix("lambda") ? "aws\($0)" : $0 }
        var seen: Set<String> = []
        for part in try entries(entry.value, "a check") {
            seen.insert(part.key)
            switch part.key {
            case "Regions": rule.regions = try required(part)
            case "Resources": rule.resources = try required(part)
            case "Tags": rule.tags = try tags(part)
            case "Exceptions": rule.exceptions = try exceptions(part.value)
            case "Description": rule.reason = try description(part.value) ?? rule.reason
            default: throw unknown(part, "Regions, Resources, Tags, Exceptions or Description")
            }
        }
        for key in ["Regions", "Resources"] where !seen.contains(key) {
            throw invalid("\(key) is missing: write \(key): [\"*\"] for all", entry.place(in: file))
        }
        return rule
    }

    private mutating func exceptions(_ node: MarkedNode) throws -> MuteExceptions {
        var result = MuteExceptions()
        if case .null = node.value { return result }
        for part in try entries(node, "Exceptions") {
            switch part.key {
            case "Accounts": result.accounts = try list(part)
            case "Regions": result.regions = try list(part)
            case "Resources": result.resources = try list(part)
            case "Tags": result.tags = try tags(part)
            default: throw unknown(part, "Accounts, Regions, Resources or Tags")
            }
        }
        return result
    }

    /// An empty list matches nothing in Prowler, but is no condition in a rule; so it must not pass for one.
    private mutating func required(_ entry: MarkedNode.Entry) throws -> [String] {
        let items = try list(entry)
        guard !items.isEmpty else {
            throw invalid("\(entry.key) is empty: write [\"*\"] for all", entry.place(in: file))
        }
        return items
    }

    private mutating func list(_ entry: MarkedNode.Entry) throws -> [String] {
        var result: [String] = []
        for item in try items(entry) { result += try globs(item.text, place: item.place(in: file)) }
        return result
    }

    /// All items of tags must match, so alternatives stay inside their item.
    private mutating func tags(_ entry: MarkedNode.Entry) throws -> [String] {
        try items(entry).map { item in
            let place = item.place(in: file)
            let globs = try globs(item.text, place: place)
            for glob in globs where !glob.contains("=") && !glob.contains("*") {
                note("\"\(item.text)\" has no \"=\": it matches no tag, which is written key=value", place)
            }
            return globs.map(Self.escapeBars).joined(separator: "|")
        }
    }

    private mutating func globs(_ item: String, place: String) throws -> [String] {
        let pattern = try MutelistPattern(item, place: place)
        for glob in pattern.globs where !glob.contains("*") { exactItems += glob.isEmpty ? 0 : 1 }
        if pattern.isTranslated {
            note("\"\(item)\" is read as \(pattern.globs.map { "\"\($0)\"" }.joined(separator: " or "))", place)
        }
        return pattern.globs
    }

    private mutating func note(_ message: String, _ place: String) {
        if notes.count < Mutelist.maximumNotes {
            notes.append(MutelistNote(place: place, message: message))
        } else {
            droppedNotes += 1
        }
    }

    private func description(_ node: MarkedNode) throws -> String? {
        switch node.value {
        case .null: return nil
        case .sequence, .mapping: throw invalid("Description must be text, not \(node.kind)", node.place(in: file))
        default: return node.text.allSatisfy(\.isWhitespace) ? nil : node.text
        }
    }

    private func items(_ entry: MarkedNode.Entry) throws -> [MarkedNode] {
        switch entry.value.value {
        case .null: return []
        case .sequence(let nodes):
            for node in nodes {
                switch node.value {
                case .null, .sequence, .mapping:
                    throw invalid("\(entry.key) takes texts, not \(node.kind)", node.place(in: file))
                default: break
                }
            }
            return nodes
        default:
            throw invalid(
                "\(entry.key) must be a list, not \(entry.value.kind): write [\"…\"]", entry.value.place(in: file))
        }
    }

    private func only(_ key: String, in node: MarkedNode, _ place: String) throws -> MarkedNode {
        let all = try entries(node, place)
        if let other = all.first(where: { $0.key != key }) { throw unknown(other, key) }
        guard let entry = all.first else { throw invalid("\(place) must have \(key)", node.place(in: file)) }
        return entry.value
    }

    private func entries(_ node: MarkedNode, _ name: String) throws -> [MarkedNode.Entry] {
        guard case .mapping(let entries) = node.value else {
            throw invalid("\(name) must be a mapping, not \(node.kind)", node.place(in: file))
        }
        return entries
    }

    private func unknown(_ entry: MarkedNode.Entry, _ expected: String) -> MartletError {
        invalid("the key \(entry.key) has no meaning here; expected is \(expected)", entry.place(in: file))
    }

    private func invalid(_ message: String, _ place: String) -> MartletError {
        MartletError(.invalidInput, message, place: place)
    }

    private static func escapeBars(_ glob: String) -> String {
        var result = ""
        for scalar in glob.unicodeScalars {
            if scalar == "|" { result.unicodeScalars.append("\\") }
            result.unicodeScalars.append(scalar)
        }
        return result
    }
}
