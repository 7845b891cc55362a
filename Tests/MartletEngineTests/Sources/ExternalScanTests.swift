import Foundation
import MartletCore
import MartletFormats
import MartletReference
import MartletStore
import Testing

@testable import MartletEngine

/// Scans of external sources by a pool of workers in this process; what dies with processes is tested elsewhere.
@Suite("Queue: external sources")
struct ExternalScanTests {
    private static func scans(_ fixture: PoolFixture, _ ring: SecretKeyRing? = nil) -> [JobKind: any JobRunner] {
        let external = ExternalScans(
            open: { path, name in
                let reader = try ScanFileReader(path: path, options: ReadingOptions(name: name))
                return (reader, reader.sizeInBytes)
            },
            keys: { _ in
                guard let ring else { throw MartletError(.secretKeyMissing, "no key") }
                return ring
            }, log: { fixture.lines.add("\($0 ?? "-") \($1)") })
        return [.scan: ScanRunner(open: { _ in throw MartletError(.usage, "no file") }, external: external)]
    }

    /// A scanner that is a shell script.
    private static func add(
        _ script: String, _ test: TestStore, output: String = "stdout",
        change: (inout ExternalSource) -> Void = { _ in }
    ) async throws {
        var source = ExternalSource(
            name: "sh",
            command: ExternalCommand([
                .argument("/bin/sh"), .argument("-c"), .argument(script), .argument("{account}"),
                .group(["--checks", "{checks}"]), .group(["--region={regions}"]),
            ]), output: try ExternalOutputPlace(output))
        change(&source)
        try await ExternalSources(store: test.store).add(source, replacing: true)
    }

    private static func start(
        _ test: TestStore, _ filters: ScanFilters = ScanFilters(), scope: ImportScope = .matrix
    ) async throws -> String {
        var order = ScanOrder(source: "external:sh")
        order.filters = filters
        order.scope = scope
        return try await ScanQueue(store: test.store).start(account: "111", order: order)
    }

    /// What prints findings of the account in the form of OCSF.
    private static func findings(_ folder: TemporaryFolder, _ statements: [Statement], to name: String) throws -> String
    {
        let lines = try statements.map { statement in
            #"{"class_uid":2004,"status_code":"FAIL","severity":"High","message":"m","metadata":{"event_code":"\#(statement.check)","#
                + #""product":{"uid":"prowler"}},"finding_info":{"title":"t","uid":"u"},"time_dt":"2026-09-01T06:00:00Z","#
                + #""resources":[{"uid":"\#(statement.uid)","name":"n","region":"r0","group":{"name":"s"}}],"#
                + #""cloud":{"account":{"uid":"\#(try Statement.account.uid)"},"provider":"aws"},"#
                + #""unmapped":{"provider":"aws","provider_uid":"\#(try Statement.account.uid)"}}"#
        }
        try folder.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: name)
        return folder.file(name)
    }

    @Test("what a scanner prints or writes is published, with its filters", arguments: StorePlace.allCases)
    func published(place: StorePlace) async throws {
        let folder = try TemporaryFolder()
        try await TestStore.with(place) { test in
            let fixture = PoolFixture(test: test)
            try await fixture.addAccount()
            let one = try Self.findings(folder, [Statement(uid: "a"), Statement(uid: "b")], to: "1")
            let two = try Self.findings(folder, [Statement(check: "c1", uid: "c")], to: "2")
            try await Self.add(
                "mkdir o; cp \(one) o/1.json; cp \(two) o/2.json; : > o/3.json; exit 3", test, output: "file:o/*.json"
            ) { $0.findingsExitCodes = [3] }
            let pool = fixture.pool(Self.scans(fixture))
            try await fixture.running(pool) {
                let first = try await Self.start(test)
                let scan = try await fixture.wait(for: first) { $0.state.isFinal }
                #expect(scan.state == .completed && scan.counts.new == 3, "\(scan.errorMessage ?? "")")
                #expect(scan.origin == "external:sh" && scan.source == "prowler" && scan.filters == nil)
                // Limited to a check that has lost a resource: the other check is not touched.
                let less = try Self.findings(folder, [Statement(uid: "b")], to: "less")
                try await Self.add("echo \"$0 $*\" >&2; cat \(less)", test)
                let second = try await Self.start(
                    test, ScanFilters(checks: ["c0"], regions: ["r0", "r9"]), scope: .full)
                let limited = try await fixture.wait(for: second) { $0.state.isFinal }
                #expect(limited.state == .completed && limited.counts.gone == 1 && limited.counts.outside == 1)
                #expect(limited.filters?.text == #"{"checks":["c0"],"regions":["r0","r9"]}"#)
                #expect(fixture.lines.all.contains("\(second) sh: 111 --checks c0 --region=r0,r9"))
            }
            let open = Set(try await test.findings().map(\.resource.uid))
            #expect(open == ["b", "c"])
        }
    }

    /// How a scanner ends, the code it fails with, and how many attempts that takes.
    private static let ends: [(script: String, code: String, attempts: Int64)] = [
        ("echo broken >&2; exit 7", "external_failed", 3), ("echo '{' ; exit 0", "invalid_input", 1),
        ("sleep 60", "external_timeout", 1),
        ("while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done", "external_flooded", 1),
        ("exit 0", "external_no_output", 1), ("echo '[]'", "invalid_input", 1),
    ]

    @Test("a scanner that fails, hangs or floods fails the scan, again only where that may help", arguments: ends)
    func failures(end: (script: String, code: String, attempts: Int64)) async throws {
        try await TestStore.with(.sqlite) { test in
            let fixture = PoolFixture(test: test)
            try await fixture.addAccount()
            try await Self.add(end.script, test) { source in
                source.timeout = end.code == "external_timeout" ? 1 : 60
                source.outputLimit = 1 << 20
            }
            try await fixture.running(fixture.pool(Self.scans(fixture))) {
                let id = try await Self.start(test)
                let scan = try await fixture.wait(for: id) { $0.state.isFinal }
                #expect(scan.state == .failed && scan.errorCode == end.code, "\(scan.errorMessage ?? "")")
                #expect(scan.attempts == end.attempts)
            }
        }
    }

    @Test("a scanner's secrets are covered in log and message, and opened only for its account")
    func secrets() async throws {
        try await TestStore.with { test in
            let fixture = PoolFixture(test: test)
            try await fixture.addAccount()
            let ring = try SecretKeyRing.new()
            try await Secrets(store: test.store).set(
                try SecretName("accounts/aws/111"), to: .fields([.init("KEY", SecretBytes("hunter22"))]), keys: ring)
            try await Self.add("echo \"key $KEY\" >&2; exit 9", test) { source in
                source.secrets = (try? [ExternalSecret("accounts/{provider}/{account}")]) ?? []
            }
            try await fixture.running(fixture.pool(Self.scans(fixture, ring))) {
                let id = try await Self.start(test)
                let scan = try await fixture.wait(for: id) { $0.state.isFinal }
                #expect(scan.errorMessage?.contains("key ***") == true)
                #expect(fixture.lines.all.contains("\(id) sh: key ***"))
                #expect(!fixture.lines.all.contains { $0.contains("hunter22") })
            }
            try await fixture.running(fixture.pool(Self.scans(fixture))) {
                let id = try await Self.start(test)
                let scan = try await fixture.wait(for: id) { $0.state.isFinal }
                #expect(scan.errorCode == "secret_key_missing")
            }
        }
    }

    @Test("what cannot run is refused before it is queued", arguments: StorePlace.allCases)
    func refused(place: StorePlace) async throws {
        try await TestStore.with(place) { test in
            let fixture = PoolFixture(test: test)
            try await fixture.addAccount()
            await expectError(.notFound) { _ = try await Self.start(test) }
            try await Self.add("exit 0", test)
            for filters in [
                ScanFilters(services: ["s3"]), ScanFilters(severities: [.high]), ScanFilters(checks: ["--all"]),
                ScanFilters(regions: [""]),
            ] {
                let error = await expectError(.invalidInput) { _ = try await Self.start(test, filters) }
                #expect(error?.place == "external:sh")
            }
            var file = ScanOrder(source: "file:x")
            file.filters = ScanFilters(checks: ["c"])
            let order = file
            let error = await expectError(.usage) {
                _ = try await ScanQueue(store: test.store).start(account: "111", order: order)
            }
            #expect(error?.message.contains("--checks") == true)
            try await Self.add("exit 0", test) { source in
                source.secrets = (try? [ExternalSecret("accounts/{account}")]) ?? []
            }
            let missing = await expectError(.notFound) { _ = try await Self.start(test) }
            #expect(missing?.message.contains("accounts/111") == true)
            try await Secrets(store: test.store).set(
                try SecretName("accounts/111"), to: .text(SecretBytes("x")), keys: .new())
            await expectError(.invalidInput) { _ = try await Self.start(test) }
            let scans = try await test.store.read { try $0.scans() }
            #expect(scans.isEmpty)
        }
    }

    @Test("a scanner that says nothing for too long has stalled")
    func stalling() async throws {
        try await TestStore.with(.sqlite) { test in
            let fixture = PoolFixture(test: test)
            try await fixture.addAccount()
            var settings = PoolFixture.settings
            settings.limits.stall = 500
            settings.limits.maximumAttempts = 1
            try await Self.add("sleep 600", test)
            try await fixture.running(fixture.pool(settings, Self.scans(fixture))) {
                let id = try await Self.start(test)
                let scan = try await fixture.wait(for: id) { $0.state.isFinal }
                #expect(scan.errorCode == "stalled")
            }
        }
    }

    @Test("what a scanner says counts as activity, also when it is too much to be shown")
    func activity() async throws {
        let folder = try TemporaryFolder()
        try await TestStore.with(.sqlite) { test in
            let fixture = PoolFixture(test: test)
            try await fixture.addAccount()
            let go = folder.file("go")
            try await Self.add(
                """
                echo first >&2; until [ -e \(go) ]; do sleep 0.01; done; head -c 1200000 /dev/zero | tr '\\0' x | fold >&2
                touch \(folder.file("said")); until [ -e \(go)2 ]; do sleep 0.01; done; echo last >&2; sleep 600
                """, test)
            _ = try await Self.start(test)
            let request = ClaimRequest(worker: .current(), queues: [], limit: 1, lifetime: 600_000)
            let claims = try await test.store.database.scoped(to: .dispatch).write { try Jobs.claim(request, $0) }
            let context = JobContext(job: try #require(claims.first), store: test.store, lifetime: 600_000)
            let runner = try #require(Self.scans(fixture)[.scan])
            let task = Task { try await runner.run(context) }
            func wait(_ condition: () -> Bool) async throws {
                for _ in 0..<6_000 where !condition() { try await Task.sleep(for: .milliseconds(10)) }
                #expect(condition())
            }
            try await wait { fixture.lines.all.contains { $0.hasSuffix(" sh: first") } }
            try await Task.sleep(for: .milliseconds(20))
            let first = context.activeAt
            try folder.write([], to: "go")
            try await wait { FileManager.default.fileExists(atPath: folder.file("said")) }
            try await wait { context.activeAt > first }
            // Until all of it has been read.
            var (before, isQuiet) = (context.activeAt, false)
            while !isQuiet {
                try await Task.sleep(for: .milliseconds(300))
                isQuiet = before == context.activeAt
                before = context.activeAt
            }
            try folder.write([], to: "go2")
            try await wait { context.activeAt > before }
            #expect(!fixture.lines.all.contains { $0.hasSuffix(" sh: last") }, "it is not shown any more")
            task.cancel()
            await expectError(.cancelled) { _ = try await task.value }
        }
    }
}
