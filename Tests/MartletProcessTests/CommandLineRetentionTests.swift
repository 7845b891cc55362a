import Foundation
import MartletCore
import MartletProgram
import Testing

/// `martlet retention` on a store with three scans of two accounts.
struct CommandLineRetentionTests {
    private let store: TestStore
    /// Scans of the scenario's account, oldest first.
    private let scans: [String]

    init() throws {
        store = TestStore(folder: try Folder())
        try CrashScenario.prepare(store)
        try store.succeed(["import", try CrashScenario.writeScan(store.folder), "-q"])
        let other = CommandLineScan(account: "1", statements: [.init()])
        try store.succeed(["import", try store.folder.write(try other.ndjson(), "other.ndjson"), "-q"])
        scans = try Self.scans(store)
        try #require(scans.count == 3)
    }

    private static func scans(_ store: TestStore) throws -> [String] {
        try store.succeed(["scans", "-a", "210987654321", "-o", "ndjson"]).split(separator: "\n").reversed()
            .compactMap { try JSONValue.parse(String($0))["scan"]?.stringValue }
    }

    private func json(_ arguments: String...) throws -> JSONValue {
        try JSONValue.parse(try store.succeed(arguments + ["-o", "json"]))
    }

    @Test func ruleIsSetShownAndCleared() throws {
        let nothing = try json("retention", "show")
        #expect(nothing["keep_scans"] == .null && nothing["keep_days"] == .null)
        #expect(nothing["accounts"]?[1]?["readable_scans"]?.intValue == 3)
        let set = try json("retention", "set", "--scans", "2", "--days", "90")
        #expect(set["keep_scans"]?.intValue == 2 && set["keep_days"]?.intValue == 90)
        #expect(try json("retention", "show") == set)
        // What is not said is no part of the rule.
        #expect(try json("retention", "set", "--days=3")["keep_scans"] == .null)
        let note = try store.run(["retention", "set", "--scans", "1"])
        #expect(note.code == 0 && note.output.isEmpty)
        #expect(note.errors == "retention keeps the last scan of each account\n")
        #expect(try store.run(["retention", "clear"]).errors == "retention keeps everything\n")
        #expect(try json("retention", "show") == nothing)
        let table = try store.succeed(["retention", "show"])
        #expect(table.hasPrefix("Keeps  everything\n"))
        #expect(table.contains(scans[0]))
        let lines = try store.succeed(["retention", "show", "-o", "csv"]).components(separatedBy: "\r\n")
        #expect(lines.count == 4 && lines[0].hasPrefix("keep_scans,keep_days,account,provider,oldest_scan,"))
    }

    @Test(arguments: [
        ["set"], ["set", "--scans", "0"], ["set", "--days", "x"], ["set", "--scans=-1"], ["set", "--days", "1000001"],
        ["run", "--scans", "1"], ["show", "extra"], ["sho"],
    ])
    func wrongUse(_ arguments: [String]) throws {
        let before = try store.succeed(["retention", "show", "-o", "json"])
        let result = try store.run(["retention"] + arguments)
        #expect(result.code == 2 && result.output.isEmpty && !result.errors.isEmpty)
        #expect(try store.succeed(["retention", "show", "-o", "json"]) == before)
    }

    @Test func aStoreThatIsNotThere() throws {
        let empty = TestStore(folder: try Folder())
        for command in ["show", "run", "clear"] {
            #expect(try empty.run(["retention", command]).errors.contains("There is no store yet"))
        }
        try empty.succeed(["retention", "set", "--scans", "5"])
        #expect(try empty.succeed(["retention", "show", "-o", "ndjson"]).contains("\"keep_scans\":5"))
        #expect(try empty.succeed(["retention", "run", "-o", "json"]) == "[]\n")
    }

    @Test func runRemovesAndEarlierScansAreErrors() throws {
        let last = try store.succeed(["findings", "--at", scans[2], "-o", "json"])
        let diff = try store.succeed(["diff", scans[1], scans[2], "-o", "json"])
        try store.succeed(["retention", "set", "--scans", "2", "-q"])
        #expect(try store.succeed(["findings", "--at", scans[0]]).isEmpty == false)
        let plan = try json("retention", "run", "--dry-run")
        #expect(plan[1]?["state"]?.stringValue == "planned" && plan[1]?["forgotten_scans"]?.intValue == 1)
        #expect(plan[1]?["oldest_scan"]?.stringValue == scans[1])
        #expect(try json("retention", "run", "--dry-run") == plan)
        let run = try json("retention", "run")
        #expect(run[0]?["account"]?.stringValue == "1" && run[0]?["rows"]?.intValue == 0)
        #expect(run[1]?["state"]?.stringValue == "done")
        #expect(run[1]?["removed"] == plan[1]?["removed"] && run[1]?["rows"] == plan[1]?["rows"])
        for arguments in [
            ["findings", "--at", scans[0]], ["resources", "--at", scans[0]], ["compliance", "--at", scans[0]],
            ["threatscore", "--at", scans[0]], ["diff", scans[0], scans[2]], ["diff", scans[2], scans[0]],
        ] {
            let result = try store.run(arguments)
            #expect(result.code == 1 && result.output.isEmpty, "\(arguments)")
            #expect(result.errors.contains("retention") && result.errors.contains(scans[1]), "\(result.errors)")
        }
        #expect(try store.succeed(["scan", scans[0]]).contains(scans[0]))
        #expect(try Self.scans(store) == scans)
        #expect(try store.succeed(["findings", "--at", scans[2], "-o", "json"]) == last)
        #expect(try store.succeed(["diff", scans[1], scans[2], "-o", "json"]) == diff)
        let again = try json("retention", "run")
        #expect(again[1]?["rows"]?.intValue == 0 && again[1]?["forgotten_scans"]?.intValue == 0)
        let table = try store.succeed(["retention", "run"])
        #expect(table.contains("READABLE") && table.contains("done"))
    }

    @Test func importKeepsToTheRule() throws {
        try store.succeed(["retention", "set", "--scans", "1", "-q"])
        var scan = CrashScenario.third
        scan.time = "2026-12-01T06:00:00.250Z"
        scan.statements.removeLast(2)
        let file = try store.folder.write(try scan.ndjson(), "later.ndjson")
        let result = try store.run(["import", file, "--scope", "full", "-o", "json"])
        #expect(result.code == 0)
        #expect(!result.errors.contains("retention"))
        #expect(try json("retention", "show")["accounts"]?[1]?["readable_scans"]?.intValue == 1)
        #expect(try store.run(["diff"]).code == 1)
        #expect(try store.run(["findings", "--at", scans[2]]).code == 1)
        // Who looks at what is gone in the published scan still finds it.
        #expect(try store.succeed(["findings", "--delta", "gone", "-o", "ndjson"]).isEmpty == false)
    }
}
