import Foundation
import MartletProgram
import Testing

/// The benchmark program runs and counts right on a small estate. What it measures is never asserted.
@Suite struct BenchmarkTests {
    @Test(arguments: BenchRun.Database.allCases)
    func importOfASmallEstate(_ database: BenchRun.Database) throws {
        let folder = try Folder()
        let prefix = "bimport"
        let run = try BenchRun(
            ["import", "--findings", "600", "--runs", "1", "--batch-size", "100"]
                + BenchRun.place(database, prefix: prefix, in: folder), in: folder)
        try #require(run.code == 0, "\(run.errors)")
        let raw = database == .sqlite ? "plain inserts" : "binary COPY"
        #expect(try run.figure("first import", "read") == 600)
        #expect(try run.figure(raw, "rows_findings") == 600)
        #expect(try run.figure(raw, "rows_resources") == 300)
        #expect(try run.figure(raw, "rows_resource_tags") ?? 0 > 0)
        #expect(try run.figure("first import", "version_rows") ?? 0 > 1500)
        #expect(try run.figure("unchanged", "unchanged") == 600)
        #expect(try run.figure("unchanged", "version_rows") == 0)
        let changed = try run.figure("changed", "changed") ?? 0
        #expect(changed > 0)
        #expect(try run.figure("changed", "version_rows") ?? 0 >= changed)
        #expect(try run.figure("first import", "batches") ?? 0 > 0)
        guard database == .postgresql else { return }
        #expect(try run.figure("first import", "database_bytes") ?? 0 > 100_000)
        #expect(try run.targets().contains("first import / binary COPY, wall"))
        #expect(try BenchRun.leftovers(prefix) == "")
    }

    @Test func aSourceOfSmallGroupsSaysTheSame() throws {
        let folder = try Folder()
        let run = try BenchRun(
            ["import", "--findings", "600", "--runs", "1", "--groups", "7"]
                + BenchRun.place(.sqlite, prefix: "", in: folder), in: folder)
        try #require(run.code == 0, "\(run.errors)")
        #expect(try run.figure("first import", "new") == 600)
        #expect(try run.figure("unchanged", "unchanged") == 600)
    }

    @Test(arguments: BenchRun.Database.allCases)
    func complianceOfASmallEstate(_ database: BenchRun.Database) throws {
        let folder = try Folder()
        let prefix = "bcompliance"
        let run = try BenchRun(
            ["compliance", "--findings", "300", "--regions", "3", "--runs", "1"]
                + BenchRun.place(database, prefix: prefix, in: folder), in: folder)
        try #require(run.code == 0, "\(run.errors)")
        // 5,800 requirements of made-up frameworks in each region.
        #expect(try run.figure("evaluated and written", "compliance_rows") == 17_400)
        #expect(try run.figure(database == .sqlite ? "plain inserts" : "binary COPY", "rows") == 5_800)
        guard database == .postgresql else { return }
        #expect(try BenchRun.leftovers(prefix) == "")
    }

    /// The real server under a small load: every kind of answer comes, every listener hears the end.
    @Test func theServerUnderASmallLoad() throws {
        let folder = try Folder()
        let prefix = "bapi"
        let run = try BenchRun(
            [
                "api", "--findings", "900", "--accounts", "3", "--regions", "3", "--tags", "1", "--seconds", "1",
                "--rate",
                "10", "--wrk-seconds", "0", "--ingest-findings", "300", "--idle", "40", "--listeners", "20",
            ] + BenchRun.place(.postgresql, prefix: prefix, in: folder), in: folder)
        try #require(run.code == 0, "\(run.errors)")
        for phase in ["findings", "findings by cursor", "resources", "compliance-overviews", "overviews/services"] {
            #expect(try run.figure(phase, "requests") == 10)
            #expect(try run.figure(phase, "failed") == 0)
            #expect(try run.figure(phase, "p99_milliseconds") ?? 0 > 0)
            #expect(try run.figure(phase + ", beside ingest", "failed") == 0)
        }
        #expect(try run.figure("scan asked for", "failed") == 0)
        #expect(try run.figure("idle", "failed") == 0)
        #expect(try run.figure("idle", "again_bytes") ?? 0 > 0)
        #expect(try run.figure("listeners", "ended") == 20)
        #expect(try run.targets().contains("requests without a good answer"))
    }

    @Test(arguments: BenchRun.Database.allCases)
    func readingASmallStore(_ database: BenchRun.Database) throws {
        let folder = try Folder()
        let schema = "bread"
        let place =
            database == .postgresql
            ? try BenchRun.place(.postgresql, prefix: schema, in: folder)
            : ["--directory", folder.url.path, "--database", "sqlite:" + folder.path("read.db"), "-o", "json"]
        let options = ["--findings", "1500", "--accounts", "3", "--regions", "3", "--samples", "4"] + place
        let filled = try BenchRun(["read", "--keep"] + options, in: folder)
        try #require(filled.code == 0, "\(filled.errors)")
        let again = try BenchRun(["read", "--reuse"] + options, in: folder)
        try #require(again.code == 0, "\(again.errors)")
        for run in [filled, again] {
            #expect(try run.figure("first page of findings", "findings") == 1500)
            #expect(try run.figure("first page of findings", "samples") == 4)
            #expect(try run.figure("first page of findings", "rows") ?? 0 > 10)
            #expect(try run.figure("posture summary", "rows") == 3)
            #expect(try run.figure("compliance overview", "rows") == 49)
            #expect(try run.figure("first page of a diff", "rows") ?? 0 > 0)
        }
        // What is there is neither removed nor filled again without being asked.
        let refused = try BenchRun(["read"] + options, in: folder)
        #expect(refused.code == 2)
        #expect(refused.errors.contains("--reuse"), "\(refused.errors)")
        if database == .postgresql { #expect(try BenchRun.leftovers(schema).contains(schema)) }
    }

    @Test func whatCannotBeMeasuredIsRefused() throws {
        let folder = try Folder()
        for arguments in [
            ["import", "--database", "sqlite:x.db"], ["import", "--database", "postgresql://?schema=NO"],
            ["import", "--groups", "0"], ["read", "--reuse"],
            ["read", "--reuse", "--database", "sqlite:" + folder.path("none.db")],
            ["read", "--findings", "2", "--accounts", "3"],
        ] {
            let run = try BenchRun(arguments, in: folder)
            #expect(run.code == 2, "\(arguments): \(run.errors)")
            #expect(run.output.isEmpty)
        }
    }

    @Test func generatedFindingsAreTheSameEveryTime() throws {
        let folder = try Folder()
        let first = try BenchRun(["generate", "--findings", "50", "--regions", "2"], in: folder)
        let second = try BenchRun(["generate", "--findings", "50", "--regions", "2"], in: folder)
        #expect(first.code == 0)
        #expect(first.output.split(separator: UInt8(ascii: "\n")).count == 50)
        // Outside the macro: a difference of large values takes it very long to describe.
        let same = first.output == second.output
        #expect(same)
    }
}
