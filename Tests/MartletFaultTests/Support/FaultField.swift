import Foundation
import MartletCore
import MartletFormats
import MartletProgram
import MartletReference
import MartletStore
import MartletTestSupport
import Synchronization

@testable import MartletEngine

/// The ground of a run: a server of its own, three tenants, and the files that are imported.
final class FaultField: Sendable {
    let server: PostgresServer
    let stores: [Store]
    let log = FaultLog()
    private let folder: Mutex<FolderBox>
    let schema = "martlet"

    // @unchecked Sendable holds because the folder's path never changes.
    struct FolderBox: @unchecked Sendable { let folder: Folder }

    static let tenants = ["first", "second", "third"]

    init() async throws {
        server = try PostgresServer()
        folder = Mutex(FolderBox(folder: try Folder()))
        var stores: [Store] = []
        for tenant in Self.tenants { stores.append(try await Store.open(url: server.url(), tenant: tenant)) }
        self.stores = stores
        let administration = Administration(store: stores[0])
        try await administration.addFrameworks([(fileName: "orchard_1.0_aws.json", bytes: Array(Self.framework.utf8))])
    }

    func close() async { for store in stores { await store.close() } }

    /// A file of statements; its path is the scan's origin.
    func write(_ statements: [Statement], at time: Int64, account: String, name: String) throws -> String {
        let text = try Statement.ocsf(statements, at: time, account: account)
        return try folder.withLock { try $0.folder.write(text, name) }
    }

    /// Imports a file in this process.
    func importFile(_ path: String, tenant: Int, options: ImportOptions = ImportOptions()) async throws {
        let source = try ScanFileReader(path: path, options: ReadingOptions(batchSize: 13))
        _ = try await Importer(store: stores[tenant]).run(source: source, origin: path, options: options)
    }

    /// Starts the program on a file.
    func startProgram(
        _ path: String, tenant: Int, batch: Int = 13, environment: [String: String] = [:]
    ) throws -> RunningProcess {
        try folder.withLock { box in
            try RunningProcess(
                [
                    "import", path, "-q", "--batch-size", "\(batch)", "--tenant", Self.tenants[tenant], "--database",
                    server.url(),
                ], environment: environment, in: box.folder)
        }
    }

    /// Runs SQL as the owner of everything, again when the server is away.
    func ask(_ sql: String) async throws -> String {
        for _ in 0..<200 {
            if let answer = try? server.psql(sql) { return answer.trimmingCharacters(in: .whitespacesAndNewlines) }
            try await Task.sleep(for: .milliseconds(50))
        }
        return try server.psql(sql)
    }

    private static let framework = """
        {"Framework": "Orchard", "Name": "Orchard", "Version": "1.0", "Provider": "aws", "Description": "d",
         "Requirements": [
          {"Id": "1", "Description": "d", "Attributes": [], "Checks": ["c0", "c1"]},
          {"Id": "2", "Description": "d", "Attributes": [], "Checks": ["c2", "c3", "c4"]}]}
        """
}
