import Foundation
import MartletCore
import MartletProgram
import MartletStore
import MartletTestSupport
import Testing

@testable import MartletEngine

/// A store whose processes are killed, each run on a tenant of its own.
final class CrashPlace: Sendable {
    enum Kind: String, CaseIterable, Sendable { case sqlite = "SQLite", postgresql = "PostgreSQL" }

    let kind: Kind
    let url: String
    let store: Store
    let server: PostgresServer?
    // @unchecked Sendable holds because the folder's path never changes.
    struct FolderBox: @unchecked Sendable { let folder: Folder }
    private let box: FolderBox
    var folder: Folder { box.folder }

    /// On a server a schema of its own, else a file.
    init(_ server: PostgresServer?, schema: String) async throws {
        box = FolderBox(folder: try Folder())
        self.server = server
        kind = server == nil ? .sqlite : .postgresql
        url = server?.url(schema: schema) ?? "sqlite:\(box.folder.path("store.db"))"
        store = try await Store.open(url: url)
    }

    /// A server that writes every statement to its log, with the program's name.
    static func talkativeServer() throws -> PostgresServer {
        let server = try PostgresServer()
        for setting in [
            "log_statement = 'all'", "log_line_prefix = '%a|%p|'", "log_parameter_max_length = 0",
            "log_error_verbosity = terse",
        ] { try server.psql("ALTER SYSTEM SET \(setting)") }
        try server.psql("SELECT pg_reload_conf()")
        return server
    }

    /// The same store for a new tenant, with a framework.
    func tenant(_ name: String) async throws -> Store {
        let tenant = try await Store.open(database: store.database.scoped(to: .owner), url: url, tenant: name)
        try await Administration(store: tenant).addFrameworks([
            (fileName: "orchard_1.0_aws.json", bytes: Array(Self.framework.utf8))
        ])
        return tenant
    }

    /// What the server says that a program has run in writing transactions, transaction by transaction.
    func serverStatements(of program: String) throws -> [[String]] {
        let text = try String(contentsOfFile: try #require(server).folder + "/log", encoding: .utf8)
        var open: [Substring: [String]] = [:]
        var done: [[String]] = []
        var backend: Substring?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("\t") {
                // A statement goes on.
                guard let backend, let last = open[backend]?.popLast() else { continue }
                open[backend]?.append(last + "\n" + line.dropFirst())
                continue
            }
            let parts = line.split(separator: "|", maxSplits: 2)
            backend = nil
            guard parts.count == 3, parts[0] == program else { continue }
            guard
                let range = parts[2].range(of: #"^LOG:  (statement|execute <unnamed>): "#, options: .regularExpression)
            else { continue }
            let sql = String(parts[2][range.upperBound...])
            backend = parts[1]
            if sql.hasPrefix("BEGIN"), let before = open.removeValue(forKey: parts[1]) { done.append(before) }
            open[parts[1], default: []].append(sql)
        }
        return (done + open.values).filter { $0.first?.hasPrefix("BEGIN ISOLATION LEVEL READ COMMITTED") == true }
    }

    private static let framework = """
        {"Framework": "Orchard", "Name": "Orchard", "Version": "1.0", "Provider": "aws", "Description": "d",
         "Requirements": [
          {"Id": "1", "Description": "d", "Attributes": [], "Checks": ["c0", "c1"]},
          {"Id": "2", "Description": "d", "Attributes": [], "Checks": ["c2", "c3", "c4"]}]}
        """
}
