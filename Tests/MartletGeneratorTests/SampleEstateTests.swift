import Foundation
import MartletTestSupport
import Testing

@testable import MartletGenerator

@Suite("Generator: the sample account")
struct SampleEstateTests {
    private let estate = SampleEstate()

    /// Each scan's file, made once: unoptimised builds need a second for it.
    private static let files: [[UInt8]] = SampleEstate().scans.map { SampleEstate().file(of: $0) }

    private func rows(_ number: Int) throws -> [GeneratedJSON.Object] {
        let file = Self.files[number - 1]
        return estate.scans[number - 1].form == .lines ? try GeneratedJSON.lines(file) : try GeneratedJSON.array(file)
    }

    /// A finding's check with the uids and names of its resources.
    private func identity(_ row: GeneratedJSON.Object) -> String {
        let resources = row["resources"] as? [GeneratedJSON.Object] ?? []
        let named = resources.map { GeneratedJSON.text($0, "uid") + "|" + GeneratedJSON.text($0, "name") }
        return GeneratedJSON.text(row, "metadata.event_code") + " " + named.sorted().joined(separator: " ")
    }

    private func statuses(_ number: Int) throws -> [String: String] {
        let pairs = try rows(number).map { (identity($0), GeneratedJSON.text($0, "status_code")) }
        return Dictionary(pairs) { left, _ in left + " twice" }
    }

    @Test("Three scans of 400 to 700 findings over about fifty checks and four regions", arguments: 1...3)
    func size(number: Int) throws {
        let rows = try rows(number)
        #expect((400...700).contains(rows.count))
        #expect(rows.count == estate.count(of: estate.scans[number - 1]))
        #expect(Set(rows.map(identity)).count == rows.count)
        #expect((40...55).contains(Set(rows.map { GeneratedJSON.text($0, "metadata.event_code") }).count))
        let regions = Set(rows.compactMap { GeneratedJSON.value($0, "cloud.region") as? String })
        #expect(regions == ["eu-west-1", "eu-central-1", "us-east-1", "us-west-2"])
        #expect(rows.allSatisfy { GeneratedJSON.text($0, "cloud.account.uid") == "210987654321" })
    }

    @Test("Findings name one region, several or none, one resource or several", arguments: 1...3)
    func variety(number: Int) throws {
        let rows = try rows(number)
        #expect(rows.contains { GeneratedJSON.value($0, "resources.0.region") is [String] })
        #expect(rows.contains { GeneratedJSON.value($0, "resources.0.region") == nil })
        #expect(rows.contains { ($0["resources"] as? [Any] ?? []).count > 1 })
        #expect(rows.contains { GeneratedJSON.text($0, "status_code") == "MANUAL" })
        #expect(rows.contains { GeneratedJSON.text($0, "status") == "Suppressed" })
    }

    @Test("Things are fixed, break, break again, vanish and come back")
    func changes() throws {
        let all = try [statuses(1), statuses(2), statuses(3)]
        func count(_ pattern: [String?]) -> Int {
            Set(all.flatMap(\.keys)).count { key in all.map { $0[key] } == pattern }
        }
        #expect(count(["FAIL", "PASS", "PASS"]) >= 8)
        #expect(count(["PASS", "FAIL", "FAIL"]) >= 3)
        #expect(count(["FAIL", "PASS", "FAIL"]) >= 4)
        #expect(count(["FAIL", "FAIL", nil]) >= 2)
        #expect(count(["PASS", nil, "PASS"]) >= 5)
        #expect(count([nil, "PASS", "PASS"]) >= 5)
        let names = try rows(3).map { GeneratedJSON.text($0, "resources.0.name") }
        #expect(!names.contains("fernhill-marketing-drop"))
    }

    @Test("An old access key ages with the calendar")
    func aging() throws {
        let details = try (1...3).map { number in
            try rows(number).filter {
                GeneratedJSON.text($0, "resources.0.name") == "mira.holt/key-1"
            }.map { GeneratedJSON.text($0, "status_detail") }.joined()
        }
        #expect(details[0].contains("370 days"))
        #expect(details[1].contains("400 days"))
        #expect(details[2].contains("431 days"))
    }

    @Test("No placeholder is left, and no detail is empty")
    func details() throws {
        for number in 1...3 {
            for row in try rows(number) {
                let detail = GeneratedJSON.text(row, "status_detail")
                let legal =
                    !detail.isEmpty && !detail.contains("{") && !(detail.hasPrefix("User ") && detail.contains("/"))
                if !legal { Issue.record("\(detail)") }
            }
        }
    }

    @Test("Every story is about a finding that exists, and tells three scans")
    func stories() {
        let told = Set(
            estate.scans.flatMap { scan in
                estate.findings(of: scan).map { finding in
                    let name = finding.resources.count > 1 ? "*" : finding.resources.first?.name ?? ""
                    return "\(finding.check.id) \(name)"
                }
            })
        #expect(SampleStory.all.count > 50)
        for (subject, story) in SampleStory.all {
            #expect(told.contains(subject), "\(subject)")
            #expect(story.outcomes.count == 3)
            #expect(Set(story.outcomes).isSubset(of: ["F", "P", "M", "f", "-"]))
        }
    }

    @Test("Check ids are unique and each check has all its texts")
    func checks() {
        let checks = SampleCheck.all
        #expect(Set(checks.map(\.id)).count == checks.count)
        for check in checks {
            for text in [check.title, check.description, check.risk, check.remediation, check.pass, check.fail] {
                #expect(!text.isEmpty, "\(check.id)")
            }
            #expect(!check.rules.isEmpty)
        }
    }

    @Test(
        "The committed files are what the generator writes",
        arguments: zip(0..<3, [("gzip", ".gz"), ("gzip", ".gz"), ("zstd", ".zst")]))
    func committed(index: Int, form: (tool: String, suffix: String)) throws {
        let tool = "/usr/bin/\(form.tool)"
        guard FileManager.default.isExecutableFile(atPath: tool) else { return }
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let scan = estate.scans[index]
        let data = try Command.output(
            tool, ["-dc", root.appending(path: "Samples/\(scan.fileName)\(form.suffix)").path()])
        // Compared outside of the macro, which would look for the differences of a megabyte for hours.
        let same = data == Data(Self.files[index])
        #expect(same, "\(data.count) bytes; run `make samples`")
    }
}
