import MartletCore

/// A rule with its patterns read. A class for the reason that ``GlobProgram`` is one.
final class CompiledMuteRule: Sendable {
    let rule: MuteRule
    /// The rule's end in milliseconds; the last moment of all when it has none.
    private let end: Int64
    /// Nil for any account.
    private let accounts: Set<String>?
    let checks: [GlobPattern]
    private let regions: [GlobPattern]
    let resources: [GlobPattern]
    private let tags: [[GlobPattern]]
    /// Nil for any finding.
    private let findings: Set<ContentHash>?
    private let excepts: Bool
    private let exceptedAccounts: [GlobPattern]
    private let exceptedRegions: [GlobPattern]
    private let exceptedResources: [GlobPattern]
    private let exceptedTags: [[GlobPattern]]

    init(_ rule: MuteRule) throws {
        func read<Result>(_ items: [String], _ field: String, _ body: (String) throws -> Result) throws -> [Result] {
            do {
                return try items.map(body)
            } catch let error as MartletError {
                throw MartletError(error.code, error.message, place: "mute rule \(rule.id), \(field)")
            }
        }
        self.rule = rule
        end = rule.expiresAt?.milliseconds ?? .max
        accounts = rule.accounts.isEmpty || rule.accounts.contains("*") ? nil : Set(rule.accounts)
        checks = try read(rule.checks, "checks") { try GlobPattern($0) }
        regions = try read(rule.regions, "regions") { try GlobPattern($0) }
        resources = try read(rule.resources, "resources") { try GlobPattern($0) }
        tags = try read(rule.tags, "tags") { try Self.alternatives($0) }
        let named = rule.findings.compactMap { ContentHash(hex: $0) }
        guard named.count == rule.findings.count else {
            throw MartletError(
                .invalidInput, "a finding is 32 hexadecimal digits", place: "mute rule \(rule.id), findings")
        }
        findings = named.isEmpty ? nil : Set(named)
        let exceptions = rule.exceptions
        excepts = !exceptions.isEmpty
        exceptedAccounts = try read(exceptions.accounts, "exceptions, accounts") { try GlobPattern($0) }
        exceptedRegions = try read(exceptions.regions, "exceptions, regions") { try GlobPattern($0) }
        exceptedResources = try read(exceptions.resources, "exceptions, resources") { try GlobPattern($0) }
        exceptedTags = try read(exceptions.tags, "exceptions, tags") { try Self.alternatives($0) }
    }

    /// The check ids, when all the patterns are literal and there is one; the rule can only mute findings of these.
    var exactChecks: [String]? { Self.literals(checks) }

    /// The resource uids or names, likewise.
    var exactResources: [String]? { Self.literals(resources) }

    /// All conditions hold and the exceptions don't. The cheap ones come first.
    func mutes(_ target: inout MuteTarget, now: Timestamp) -> Bool {
        if end <= now.milliseconds && end < .max { return false }
        if let accounts, !accounts.contains(target.account) { return false }
        if let findings {
            guard let fingerprint = target.fingerprint, findings.contains(fingerprint) else { return false }
        }
        guard checks.isEmpty || checks.contains(where: { $0.matches(target.check) }) else { return false }
        guard regions.isEmpty || target.everyRegion(regions) else { return false }
        guard resources.isEmpty || target.resource(resources) else { return false }
        guard tags.isEmpty || target.everyTag(tags) else { return false }
        return !excepts || !isExcepted(&target)
    }

    private func isExcepted(_ target: inout MuteTarget) -> Bool {
        let account = target.account
        return (exceptedAccounts.isEmpty || exceptedAccounts.contains { $0.matches(account) })
            && (exceptedRegions.isEmpty || target.anyRegion(exceptedRegions))
            && (exceptedResources.isEmpty || target.resource(exceptedResources))
            && (exceptedTags.isEmpty || target.everyTag(exceptedTags))
    }

    private static func literals(_ patterns: [GlobPattern]) -> [String]? {
        let literals = patterns.compactMap(\.literal)
        return literals.isEmpty || literals.count < patterns.count ? nil : literals
    }

    /// Splits a tag's pattern at each `|` that no `\` stands before.
    private static func alternatives(_ text: String) throws -> [GlobPattern] {
        var parts = [""]
        var escaped = false
        for scalar in text.unicodeScalars {
            if scalar == "|" && !escaped {
                parts.append("")
                continue
            }
            parts[parts.count - 1].unicodeScalars.append(scalar)
            escaped = scalar == "\\" && !escaped
        }
        return try parts.map { try GlobPattern($0) }
    }
}
