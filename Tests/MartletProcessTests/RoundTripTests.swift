import Foundation
import MartletGenerator
import MartletProgram
import Testing

/// What one store tells, another understands.
struct RoundTripTests {
    private func fresh() throws -> TestStore { TestStore(folder: try Folder()) }

    /// The listing as OCSF, without the id of the scan, which each store gives anew.
    private func ocsf(_ store: TestStore) throws -> String {
        let text = try store.succeed(["findings", "-o", "ocsf"])
        return text.replacing(/"scan_id":"[^"]*"/, with: #""scan_id":"""#)
    }

    private func importing(_ text: String, into store: TestStore, _ options: String...) throws {
        let file = try store.folder.write(text, UUID().uuidString)
        let output = try store.succeed(["import", file, "-o", "json"] + options)
        #expect(output.contains("\"rejected\":0,"))
    }

    /// Sample → OCSF → fresh store → OCSF: byte-equal, times of three scans included.
    @Test func sample() throws {
        let estate = SampleEstate()
        let store = try fresh()
        for (number, scan) in estate.scans.enumerated() {
            try importing(String(decoding: estate.file(of: scan), as: UTF8.self), into: store)
            let told = try ocsf(store)
            #expect(told.split(separator: "\n").count > 400)
            let copy = try fresh()
            try importing(told, into: copy)
            let again = try ocsf(copy)
            let isEqual = again == told
            #expect(isEqual, "scan \(number + 1)")
            if !isEqual { record(told, again) }
            try expectEqualFindings(store, copy, "scan \(number + 1)")
        }
    }

    /// Odd statements: several regions, none, muted, tags with colons and several values, control characters.
    @Test func oddStatements() throws {
        let store = try fresh()
        var scan = CommandLineScan.varied
        scan.statements.append(
            .init(regions: [], uid: "", name: "", labels: ["a:", "novalue", "x:1", "x:2"], detail: ""))
        scan.statements.append(
            .init(uid: String(repeating: "long/", count: 4_000), name: "雪 \u{1F3D4}", detail: "\\\"\u{7F}\t"))
        try importing(try scan.ndjson(), into: store)
        let told = try ocsf(store)
        let copy = try fresh()
        try importing(told, into: copy)
        let again = try ocsf(copy)
        #expect(again == told)
        try expectEqualFindings(store, copy, "odd")
    }

    /// What is written is also the same to import once more: nothing changes in the store it came from.
    @Test func ownListingIsNoChange() throws {
        let store = try fresh()
        let estate = SampleEstate()
        for scan in estate.scans { try importing(String(decoding: estate.file(of: scan), as: UTF8.self), into: store) }
        // For the service of a resource see `serviceOfAResource`.
        let dropped: Set<String> = ["delta", "observed_at", "service", "updated_at"]
        let before = try Posture.exact(store, [["findings"], ["resources"]]).normalised(without: dropped)
        let file = try store.folder.write(try ocsf(store), "own.json")
        let output = try store.succeed(["import", file, "--scope", "full", "--history", "-o", "json"])
        for name in ["rejected", "duplicates", "new", "changed", "updated", "returned", "gone"] {
            #expect(output.contains("\"\(name)\":0,"), "\(output)")
        }
        let after = try Posture.exact(store, [["findings"], ["resources"]]).normalised(without: dropped)
        #expect(after == before, "\(after.difference(from: before))")
    }

    /// A check of one service may look at a resource of another.
    @Test func serviceOfAResource() throws {
        let store = try fresh()
        let alarm = try BadInput.line(
            .init(check: "cloudtrail_alarm", uid: "arn:alarm", name: "alarm"),
            replacing: #""group":{"name":"cloudtrail"}"#, by: #""group":{"name":"cloudwatch"}"#)
        // The first resource's service is the check's.
        let trail = #"{"group":{"name":"cloudtrail"},"name":"trail","region":"eu-west-1","uid":"arn:trail"}"#
        let both = alarm.replacingOccurrences(of: #""resources":["#, with: #""resources":[\#(trail),"#)
        try importing(both, into: store)
        let copy = try fresh()
        try importing(try ocsf(store), into: copy)
        let told = try store.succeed(["resources", "-o", "ndjson"])
        #expect(told.contains(#""service":"cloudwatch""#))
        #expect(try copy.succeed(["resources", "-o", "ndjson"]) == told)
    }

    /// A copy of a store tells the same as the store.
    @Test func databaseCopy() throws {
        let store = try fresh()
        try CrashScenario.prepare(store)
        let copy = try fresh()
        try store.succeed(["database", "copy", "sqlite:" + copy.folder.path("home/martlet.db")])
        #expect(try Posture.exact(copy) == Posture.exact(store))
        // And goes on like it.
        let file = try CrashScenario.writeScan(store.folder)
        for one in [store, copy] { try one.succeed(["import", file, "-q"]) }
        #expect(try Posture.exact(copy).normalised() == Posture.exact(store).normalised())
    }

    /// The same scan as CSV and as OCSF gives the same posture, and either after the other changes nothing.
    @Test(arguments: [true, false])
    func tableAndObjects(_ tableFirst: Bool) throws {
        var scan = CommandLineScan.varied
        // A tag with a colon in its value reads differently in the two.
        for index in scan.statements.indices {
            scan.statements[index].labels = scan.statements[index].labels.filter { !$0.hasPrefix("url") }
        }
        let texts = [RoundTripTable.text(of: scan), try scan.ndjson()]
        let (first, second) = tableFirst ? (texts[0], texts[1]) : (texts[1], texts[0])
        let store = try fresh()
        let other = try fresh()
        try importing(first, into: store)
        try importing(second, into: other)
        let one = try Posture.exact(store, [["findings"], ["accounts"]]).normalised()
        let two = try Posture.exact(other, [["findings"], ["accounts"]]).normalised()
        #expect(one == two, "\(one.difference(from: two))")
        #expect(try store.succeed(["findings", "-o", "ndjson"]).split(separator: "\n").count == 6)

        let file = try store.folder.write(second, "second")
        let output = try store.succeed(["import", file, "-o", "json"])
        #expect(
            output.contains("\"new\":0,\"changed\":0,\"updated\":0,\"unchanged\":6,\"returned\":0,\"gone\":0,"),
            "\(output)")
    }

    private func expectEqualFindings(_ left: TestStore, _ right: TestStore, _ name: String) throws {
        // What changed since the scan before is the story of a store, not of a file.
        let one = try Posture.exact(left, [["findings"]]).normalised(without: ["delta"])
        let two = try Posture.exact(right, [["findings"]]).normalised(without: ["delta"])
        #expect(one == two, "\(name): \(two.difference(from: one))")
    }

    private func record(_ left: String, _ right: String) {
        let pairs = zip(left.split(separator: "\n"), right.split(separator: "\n"))
        for (one, two) in pairs.filter({ $0 != $1 }).prefix(3) {
            let same = zip(one.utf8, two.utf8).prefix { $0 == $1 }.count
            let from = max(0, same - 80)
            Issue.record("…\(one.dropFirst(from).prefix(200))\nbecame\n…\(two.dropFirst(from).prefix(200))")
        }
    }
}
