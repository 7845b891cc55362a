import Glibc
import MartletCore
import MartletEngine
import MartletFormats
import MartletPolicy
import MartletStore

extension Session {
    func addMute() async throws -> ExitCode {
        let rule = try muteRule()
        try rule.validate()
        let findings = try await withStore(create: true) { store in
            try await Administration(store: store).addMute(
                rule, hooks: hooks(.mute("create", rule.id, [.init("reason", .string(rule.reason))]), in: store))
            return try await store.read { reader in try reader.mutes().first { $0.rule.id == rule.id } }
        }
        if let findings, format != .table { return try print([findings], Listing.mutes) }
        let count = findings?.findings ?? 0
        log.note("mute \(rule.id) added; it mutes \(Quantity.count(count, "finding"))")
        return try print(rule.id + "\n")
    }

    func removeMute() async throws -> ExitCode {
        let id = arguments.operands[0]
        try await withStore(create: false) { store in
            let known = try await store.read { try $0.mutes().map(\.rule.id) }
            guard known.contains(id) else {
                throw MartletError(.notFound, "there is no mute '\(id)'; martlet mute list shows them")
            }
            try await Administration(store: store).removeMute(
                id, hooks: hooks(.mute("delete", id), in: store))
        }
        log.note("mute \(id) removed")
        return .success
    }

    private func muteRule() throws -> MuteRule {
        let conditions = ["check", "resource", "region", "tag", "account"]
        guard conditions.contains(where: arguments.has) else {
            throw MartletError(
                .usage, "a mute needs at least one of --check, --resource, --region, --tag and --account")
        }
        guard let reason = arguments.value("reason"), !reason.allSatisfy(\.isWhitespace) else {
            throw MartletError(.usage, "a mute needs a --reason")
        }
        return MuteRule(
            id: "mute-" + Self.randomID(), accounts: arguments.list("account"), checks: arguments.list("check"),
            regions: arguments.list("region"), resources: arguments.list("resource"), tags: arguments.list("tag"),
            reason: reason, owner: arguments.value("owner") ?? "",
            expiresAt: try arguments.value("expires").map { try Expiry.read($0, now: Expiry.now) })
    }

    private static func randomID() -> String {
        let digits = String(UInt32.random(in: 0...UInt32.max), radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }
}
