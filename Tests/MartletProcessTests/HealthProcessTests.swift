import Foundation
import MartletProgram
import MartletTestSupport
import Testing

/// What a server says of itself while its database goes and comes.
@Suite(.timeLimit(.minutes(20)))
struct HealthProcessTests {
    @Test func readyFollowsTheDatabaseAndLiveDoesNot() throws {
        let postgres = try PostgresServer()
        try postgres.psql("CREATE SCHEMA health")
        let folder = try Folder()
        let store = try QueueProcesses(folder: folder, url: postgres.url(schema: "health")).withKey().store
        try ServerProcess.addOwner(store)
        let server = try ServerProcess(store, workers: 0)
        #expect(try server.ask("GET", "/health/ready").status == 200)
        for _ in 0..<2 {
            try postgres.stop()
            #expect(try server.ask("GET", "/health/live").status == 200)
            let red = try server.poll("/health/ready") { $0.status == 503 }
            let checks = red.document["checks"] as? [String: String]
            #expect(checks == ["database": "fail"] && red.document["status"] as? String == "fail", "\(red.text)")
            #expect(try server.ask("GET", "/health/live").text.contains("pass"))
            // Metrics tell it, too, rather than fail.
            #expect(try server.ask("GET", "/metrics").text.contains("martlet_database_up 0"))
            try postgres.restart()
            let green = try server.poll("/health/ready") { $0.status == 200 }
            #expect((green.document["checks"] as? [String: String])?["database"] == "pass", "\(green.text)")
        }
        try server.logIn()
        server.process.send(SIGTERM)
        #expect(try server.process.wait().code == 0)
    }

    /// Scans that wait for a worker make a server red, which a worker turns.
    @Test(arguments: QueuePlace.allCases)
    func scansThatNobodyTakes(place: QueuePlace) async throws {
        try await place.with { queue in
            let queue = try queue.withKey()
            try queue.store.succeed(["account", "add", "aws/210987654321", "-q"])
            let source = try queue.store.folder.write(try CommandLineScan.varied.ndjson(), "scan.ndjson")
            let server = try ServerProcess(queue.store, workers: 0)
            let id = try queue.start(source)
            #expect(try server.ask("GET", "/health/ready").status == 200)
            let red = try server.poll("/health/ready") { $0.status == 503 }
            #expect((red.document["checks"] as? [String: String])?["workers"] == "fail", "\(red.text)")
            let worker = try queue.worker()
            try queue.wait(for: id, worker) { ($0["finished_at"] as? String) != nil }
            _ = try server.poll("/health/ready") { $0.status == 200 }
            worker.send(SIGTERM)
            #expect(try worker.wait().code == 0)
        }
    }
}
