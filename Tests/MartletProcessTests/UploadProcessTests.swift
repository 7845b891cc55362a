import Foundation
import MartletProgram
import MartletTestSupport
import Testing

/// Files that are sent to the server, as processes: one server and workers beside it.
@Suite(.timeLimit(.minutes(20)))
struct UploadProcessTests {
    fileprivate static let accounts = ["111122223333", "444455556666"]

    /// A scan of another account, in which every finding has its own words.
    fileprivate static func scan(_ account: String) -> CommandLineScan {
        var scan = CommandLineScan.varied
        scan.account = account
        for place in scan.statements.indices { scan.statements[place].detail += " In \(account)." }
        return scan
    }

    struct Form: Sendable, CustomTestStringConvertible {
        var name: String
        var place: QueuePlace
        var accounts: [String]
        var testDescription: String { "\(name) of \(accounts.count) accounts, \(place.testDescription)" }

        static let all = QueuePlace.allCases.flatMap { place in
            [
                Form(name: "scan.ocsf.ndjson", place: place, accounts: UploadProcessTests.accounts),
                Form(name: "scan.csv", place: place, accounts: [UploadProcessTests.accounts[0]]),
                Form(name: "scan.ocsf.ndjson.gz", place: place, accounts: UploadProcessTests.accounts),
            ]
        }

        func file(_ folder: Folder) throws -> Data {
            let scans = accounts.map(UploadProcessTests.scan)
            if name.hasSuffix(".csv") { return Data(RoundTripTable.text(of: scans[0]).utf8) }
            let text = try scans.map { try $0.ndjson() }.joined()
            guard name.hasSuffix(".gz") else { return Data(text.utf8) }
            return try Gzip.compress(try folder.write(text, "plain"))
        }
    }

    /// Check, status, severity, detail: what was said.
    private static func said(_ statements: [CommandLineScan.Statement]) -> [String] {
        statements.map { "\($0.check) \($0.status) \($0.severity.lowercased()) \($0.detail)" }.sorted()
    }

    private static func given(_ server: ServerProcess, _ query: String) throws -> [String] {
        try server.ask("GET", "/findings?page[size]=1000&" + query).list.compactMap { finding in
            let attributes = finding["attributes"] as? [String: Any]
            return ["check_id", "status", "severity", "status_extended"].map { attributes?[$0] as? String ?? "" }
                .joined(separator: " ")
        }.sorted()
    }

    private static func ended(_ server: ServerProcess, _ id: String) throws -> ServerProcess.Reply {
        try server.poll("/ingestions/\(id)") { ["completed", "failed"].contains($0.attribute("state") as? String) }
    }

    private static func scans(_ reply: ServerProcess.Reply) -> [String] {
        let links = (reply.data["relationships"] as? [String: Any])?["scans"] as? [String: Any]
        return (links?["data"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
    }

    private static func end(_ server: ServerProcess, _ worker: RunningProcess) throws {
        for process in [worker, server.process] {
            process.send(SIGTERM)
            #expect(try process.wait().code == 0)
        }
    }

    @Test(arguments: Form.all)
    func whatIsUploadedIsShown(form: Form) async throws {
        try await form.place.with { queue in
            let queue = try queue.withKey()
            try ServerProcess.addOwner(queue.store)
            let server = try ServerProcess(queue.store, workers: 0)
            try server.logIn()
            let file = try form.file(queue.store.folder)
            let begun = try server.upload(file, name: form.name, scope: "full")
            #expect(begun.status == 202, "\(begun.text)")
            let id = try #require(begun.data["id"] as? String)
            #expect(begun.header("Location") == "/api/v1/ingestions/\(id)")
            #expect(begun.header("Content-Location") == "/api/v1/tasks/\(id)")
            #expect(begun.header("Retry-After") != nil)
            #expect(begun.attribute("state") as? String == "pending" && begun.attribute("size") as? Int == file.count)
            #expect(begun.attribute("name") as? String == form.name)
            #expect(try server.ask("GET", "/findings").list.isEmpty)

            let worker = try queue.worker("--concurrency", "2")
            let done = try Self.ended(server, id)
            #expect(done.attribute("state") as? String == "completed", "\(done.text)")
            let all = form.accounts.flatMap { Self.scan($0).statements }
            #expect(done.attribute("total") as? Int == all.count && done.attribute("processed") as? Int == all.count)
            #expect(done.attribute("invalid") as? Int == 0)
            #expect(try server.ask("GET", "/tasks/\(id)").attribute("state") as? String == "completed")
            #expect(try Self.given(server, "") == Self.said(all))
            let scans = Self.scans(done)
            try #require(scans.count == form.accounts.count)
            // One scan for each account, and each has its own account's findings alone.
            let each = try scans.map { try Self.given(server, "filter[scan]=\($0)") }.sorted {
                $0.description < $1.description
            }
            let expected = form.accounts.map { Self.said(Self.scan($0).statements) }
            #expect(each == expected.sorted { $0.description < $1.description })
            let overview = try server.ask("GET", "/overviews/findings")
            #expect(overview.attribute("total") as? Int == all.count)
            #expect(overview.attribute("fail") as? Int == all.filter { $0.status == "FAIL" && !$0.muted }.count)
            try Self.end(server, worker)
        }
    }

    @Test(arguments: QueuePlace.allCases)
    func aFileWithoutFindingsFailsWithItsReason(place: QueuePlace) async throws {
        try await place.with { queue in
            let queue = try queue.withKey()
            try ServerProcess.addOwner(queue.store)
            let server = try ServerProcess(queue.store, workers: 0)
            try server.logIn()
            let worker = try queue.worker("--concurrency", "2")
            for (text, name, part) in [
                ("Dear all,\nthese are no findings.\n", "letter.txt", "letter.txt"),
                (#"{"class_uid":2004}"# + "\n", "empty.ocsf.json", "no finding that can be used"),
                ("CHECK_ID;STATUS\na;FAIL\n", "narrow.csv", "column"),
            ] {
                let begun = try server.upload(Data(text.utf8), name: name)
                #expect(begun.status == 202, "\(begun.text)")
                let done = try Self.ended(server, try #require(begun.data["id"] as? String))
                #expect(done.attribute("state") as? String == "failed", "\(done.text)")
                let error = done.attribute("error") as? [String: Any]
                #expect(error?["code"] as? String == "invalid_input", "\(done.text)")
                let message = error?["message"] as? String ?? ""
                #expect(message.contains(part), "\(name): \(message)")
                // Where the worker keeps its copy is nobody's business.
                #expect(!message.contains("martlet-upload-"), "\(message)")
                #expect(done.attribute("completed_at") is String && Self.scans(done).isEmpty)
            }
            #expect(try server.ask("GET", "/findings").list.isEmpty)
            #expect(try server.ask("GET", "/providers").list.isEmpty)
            try Self.end(server, worker)
        }
    }

    /// Killed before the file is looked through, between the scans, within one, and before its end: each time another
    /// worker brings it to the same end.
    @Test(arguments: QueuePlace.allCases)
    func anUploadOutlivesItsWorker(place: QueuePlace) async throws {
        try await place.with { queue in
            let queue = try queue.withKey()
            try ServerProcess.addOwner(queue.store)
            let server = try ServerProcess(queue.store, workers: 0)
            try server.logIn()
            var phases: Set<String> = []
            var expected: [String] = []
            // Statements of the worker's writing connection after which it is killed.
            for (number, point) in [12, 30, 55, 80, 110, 150].enumerated() {
                let accounts = Self.accounts.map { String($0.dropLast(1)) + "\(number)" }
                let scans = accounts.map(Self.scan)
                let begun = try server.upload(
                    Data(try scans.map { try $0.ndjson() }.joined().utf8), name: "scan.ndjson", scope: "full")
                let id = try #require(begun.data["id"] as? String, "\(begun.text)")
                let first = try queue.store.start(
                    ["worker", "--log-level", "info", "--concurrency", "1"], crashPoint: point)
                let result = try first.wait(seconds: 120)
                #expect(result.code == -SIGKILL, "\(point): \(result.errors)")
                let left = try server.ask("GET", "/ingestions/\(id)")
                let states = try Self.scans(left).map {
                    try server.ask("GET", "/scans/\($0)").attribute("state") as? String ?? "?"
                }
                phases.insert("\(left.attribute("state") as? String ?? "?") \(states.sorted())")

                let second = try queue.worker("--concurrency", "2")
                let done = try Self.ended(server, id)
                #expect(done.attribute("state") as? String == "completed", "\(point): \(done.text)")
                let all = scans.flatMap(\.statements)
                #expect(done.attribute("total") as? Int == all.count, "\(point)")
                #expect(done.attribute("processed") as? Int == all.count, "\(point)")
                #expect(Self.scans(done).count == 2, "\(point)")
                #expect(
                    try server.ask("GET", "/scans?page[size]=1000").list.count == 2 * (number + 1),
                    "\(point): no scan twice")
                expected += Self.said(all)
                #expect(try Self.given(server, "") == expected.sorted(), "\(point)")
                second.send(SIGTERM)
                #expect(try second.wait().code == 0)
            }
            // The points are in different parts of the work; where they are not, they must move.
            #expect(
                phases.contains { $0.hasPrefix("pending") } && phases.contains { $0.contains("executing") }, "\(phases)"
            )
            server.process.send(SIGTERM)
            #expect(try server.process.wait().code == 0)
        }
    }
}
