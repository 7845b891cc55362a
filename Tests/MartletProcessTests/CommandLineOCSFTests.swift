import Foundation
import MartletCore
import MartletProgram
import Testing

/// `findings -o ocsf` through the built program: what is imported again equals what was there.
struct CommandLineOCSFTests {
    private let folder: Folder

    init() throws { folder = try Folder() }

    private func run(_ arguments: [String], store: String) throws -> Binary.Result {
        let result = try Binary.run(arguments + ["--database", folder.path(store)], in: folder)
        #expect(result.code == 0, "\(arguments): \(result.errors)")
        return result
    }

    /// Findings without what belongs to the scan that wrote them.
    private func findings(_ store: String) throws -> [JSONValue] {
        try run(["findings", "-o", "ndjson"], store: store).lines.map { line in
            let members = try JSONValue.parse(line).objectValue ?? []
            return .object(members.filter { !["scan", "delta", "muted_reason"].contains($0.key) })
        }
    }

    private func resources(_ store: String) throws -> [JSONValue] {
        try run(["resources", "-o", "ndjson"], store: store).lines.map { line in
            // First seen and updated are in the time of the store's own scans.
            let members = try JSONValue.parse(line).objectValue ?? []
            return .object(members.filter { !["first_seen_at", "updated_at"].contains($0.key) })
        }
    }

    @Test func roundTrip() throws {
        let file = try folder.write(try CommandLineScan.varied.ndjson(), "scan.ndjson")
        _ = try run(["import", file, "-q"], store: "one.db")
        let exported = try run(["findings", "-o", "ocsf"], store: "one.db").output
        let document = try JSONValue.parse(exported)
        #expect(document.arrayValue?.count == 6)
        #expect(document[0]?["cloud"]?["account"]?["name"]?.stringValue == "Orchard")
        #expect(document[0]?["cloud"]?["org"]?["uid"]?.stringValue == "o-1")
        #expect(document[0]?["cloud"]?["org"]?["name"]?.stringValue == "Farm")
        let copy = try folder.write(exported, "export.json")
        let report = try JSONValue.parse(try run(["import", copy, "-o", "json"], store: "two.db").output)
        #expect(report["findings"]?["new"]?.intValue == 6)
        #expect(report["findings"]?["rejected"]?.intValue == 0)
        #expect(try findings("one.db") == findings("two.db"))
        #expect(try resources("one.db") == resources("two.db"))
        // And what is written of the copy is the same again, but for the scan's id.
        let again = try run(["findings", "-o", "ocsf"], store: "two.db").output
        let scan = /"scan_id":"[^"]*"/
        #expect(again.replacing(scan, with: "") == exported.replacing(scan, with: ""))
    }

    @Test func importingItIntoTheSameStoreChangesNothing() throws {
        let file = try folder.write(try CommandLineScan.varied.ndjson(), "scan.ndjson")
        _ = try run(["import", file, "-q"], store: "one.db")
        let copy = try folder.write(try run(["findings", "-o", "ocsf"], store: "one.db").output, "export.json")
        let report = try JSONValue.parse(try run(["import", copy, "-o", "json"], store: "one.db").output)
        #expect(report["findings"]?["unchanged"]?.intValue == 6)
        #expect(report["findings"]?["gone"]?.intValue == 0)
    }

    /// Two statements about one resource with different names stay two.
    @Test func twoNamesOfOneResource() throws {
        let scan = CommandLineScan(statements: [.init(name: "key 1"), .init(name: "key 2")])
        let file = try folder.write(try scan.ndjson(), "scan.ndjson")
        _ = try run(["import", file, "-q"], store: "one.db")
        #expect(try findings("one.db").count == 2)
        let copy = try folder.write(try run(["findings", "-o", "ocsf"], store: "one.db").output, "export.json")
        _ = try run(["import", copy, "-q"], store: "two.db")
        #expect(try findings("two.db") == findings("one.db"))
    }

    @Test func nothingIsAnEmptyArray() throws {
        let file = try folder.write(try CommandLineScan.varied.ndjson(), "scan.ndjson")
        _ = try run(["import", file, "-q"], store: "one.db")
        #expect(
            try JSONValue.parse(try run(["findings", "-o", "ocsf", "--check", "no"], store: "one.db").output)
                == .array([]))
    }
}
