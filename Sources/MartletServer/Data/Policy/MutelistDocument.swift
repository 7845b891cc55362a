import MartletCore
import MartletPolicy

/// The rules of a mutelist as a document of Prowler's form again. Pure.
struct MutelistDocument {
    private let rules: [MuteRule]

    init(_ rules: [MuteRule]) { self.rules = rules }

    /// `{"Mutelist": {"Accounts": {ACCOUNT: {"Checks": {CHECK: {…}}}}}}`
    var json: JSONValue {
        let accounts = Dictionary(grouping: rules) { $0.accounts.first ?? "*" }.sorted { $0.key < $1.key }
        let entries = accounts.map { account, rules in
            JSONValue.Member(
                account,
                .object([
                    .init("Checks", .object(rules.map { .init(Self.check($0, account: account), Self.body($0)) }))
                ]))
        }
        return .object([.init("Mutelist", .object([.init("Accounts", .object(entries))]))])
    }

    /// The key of the check as it stands in the rule's id, `mutelist/ACCOUNT/CHECK`.
    private static func check(_ rule: MuteRule, account: String) -> String {
        let prefix = "mutelist/\(account)/"
        return rule.id.hasPrefix(prefix) ? String(rule.id.dropFirst(prefix.count)) : rule.checks.joined(separator: "|")
    }

    private static func body(_ rule: MuteRule) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("Regions", list(rule.regions)), .init("Resources", list(rule.resources)),
        ]
        if !rule.tags.isEmpty { members.append(.init("Tags", list(rule.tags))) }
        if rule.reason != Mutelist.defaultReason { members.append(.init("Description", .string(rule.reason))) }
        let exceptions = rule.exceptions
        if !exceptions.isEmpty {
            let parts = [
                ("Accounts", exceptions.accounts), ("Regions", exceptions.regions), ("Resources", exceptions.resources),
                ("Tags", exceptions.tags),
            ]
            members.append(.init("Exceptions", .object(parts.filter { !$0.1.isEmpty }.map { .init($0.0, list($0.1)) })))
        }
        return .object(members)
    }

    private static func list(_ items: [String]) -> JSONValue { .array(items.map { .string($0) }) }
}
