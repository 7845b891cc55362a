import Foundation
import MartletCore
import MartletEngine
import MartletGenerator
import MartletLoopback
import MartletProgram
import MartletStore
import Testing

@testable import martlet

/// Every command that changes something: its row of the audit log, in the transaction of the change.
@Suite("Command line × the audit log", .timeLimit(.minutes(20)))
struct CommandLineAuditTests {
    @Test("every command is in the table of those with a row, or has a reason to have none")
    func complete() throws {
        let scenario = AuditScenario(folder: try Folder())
        let told = Set(try scenario.commands(endpointMap: "").map(\.action))
        let all = Set(CommandTable.commands.map(\.action))
        #expect(told.isDisjoint(with: AuditedCommand.silent.keys))
        #expect(all.subtracting(told) == Set(AuditedCommand.silent.keys))
        #expect(told.isSubset(of: all))
    }

    @Test("a command adds one row, and where none can be added there is no change", arguments: QueuePlace.allCases)
    func rows(place: QueuePlace) async throws {
        let estate = AzureEstate(size: 2)
        let server = try LoopbackServer { request in
            let rest = request.target.dropFirst()
            let host = rest.prefix { $0 != "/" }
            let base = "http://\(request.headers["host"] ?? "")/\(host)"
            return .json(estate.answer(host: String(host), target: String(rest.dropFirst(host.count)), base: base))
        }
        defer { server.stop() }
        try await place.with { queue in
            var store = queue.store
            let folder = store.folder
            _ = try folder.write("Correct-Horse-7", "password")
            let key = try folder.write(try store.succeed(["secret", "key"]), "key")
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key)
            store.environment["MARTLET_SECRET_KEY_FILE"] = key
            store.environment["AZURE_ACCESS_TOKEN"] = "t"
            let map = try folder.write(#"{"*":"\#(server.url)/{host}"}"#, "map.json")

            // The first command makes the tenant, too, and says so.
            try store.succeed(["account", "add", "aws/210987654321"])
            let audited = try await AuditedStore(url: try #require(store.environment["MARTLET_DATABASE"]))
            #expect(try await audited.log().map(\.action) == ["providers.create", "tenants.create"])
            for command in try AuditScenario(folder: folder).commands(endpointMap: map) {
                try await run(command, store, audited)
            }
            await audited.store.close()
        }
    }

    /// Once with a log that takes no rows, once as usual.
    private func run(_ command: AuditedCommand, _ store: TestStore, _ audited: AuditedStore) async throws {
        let arguments = try command.arguments.map { word in
            switch word {
            case "{mute}": try newest("id", ["mute", "list", "-o", "json"], store)
            case "{scan}": try newest("scan", ["scans", "-o", "json"], store)
            default: word
            }
        }
        let name = command.arguments.joined(separator: " ")
        let before = try await audited.dump()
        try await audited.block(true)
        let refused = try store.run(arguments)
        try await audited.block(false)
        #expect(refused.code == 1, "\(name) without a log ended with \(refused.code)")
        let after = try await audited.dump()
        for (table, rows) in before where rows != after[table] {
            Issue.record("\(name) changed \(table) without a row of the audit log")
        }

        let old = Set(try await audited.log().map(\.id))
        let result = try store.run(arguments)
        #expect(result.code == command.code, "\(name): \(result.errors)")
        let added = try await audited.log().filter { !old.contains($0.id) }
        #expect(added.map(\.action) == [command.row], "\(name)")
        for row in added {
            #expect(row.actor == Actor.ofProcess() && row.actor.kind == .commandLine, "\(name): \(row.actor)")
            #expect(!row.subjectID.isEmpty && row.action.hasPrefix(row.subjectType + "."), "\(name)")
            #expect(!row.detail.contains("Correct-Horse"), "\(name) tells a secret")
        }
    }

    private func newest(_ field: String, _ arguments: [String], _ store: TestStore) throws -> String {
        let rows = try JSONValue.parse(try store.succeed(arguments)).arrayValue
        return try #require(rows?.first?[field]?.stringValue)
    }
}
