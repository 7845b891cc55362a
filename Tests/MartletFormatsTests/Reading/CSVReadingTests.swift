import MartletCore
import Testing

@testable import MartletFormats

struct CSVReadingTests {
    static let file = Fixture.csvHeader + "\n" + Fixture.csvRow + "\n"

    static func changed(_ old: String, _ new: String) -> String {
        Fixture.csvHeader + "\n" + Fixture.csvRow + "\n" + Fixture.csvRow.replacing(old, with: new) + "\n"
    }

    @Test func theSameRunAsCSVAndOCSFIsTheSame() async throws {
        let table = try await Fixture.read(Self.file)
        let ocsf = try await Fixture.read(Fixture.finding((#""metadata":{"b":1.0,"a":"x"}"#, #""metadata":{}"#)))
        #expect(table.error == nil)
        #expect(table.rejections.isEmpty)
        #expect(table.format == .prowlerCSV)
        #expect(table.scanner == ocsf.scanner)
        #expect(table.findings.count == 1)
        #expect(table.findings.map(Fixture.summary) == ocsf.findings.map(Fixture.summary))
        #expect(table.accounts == ocsf.accounts)
    }

    @Test func columnsInAnyOrderWithCommasAndOthersBetween() async throws {
        let names = Fixture.csvHeader.split(separator: ";", omittingEmptySubsequences: false)
        let fields = Fixture.csvRow.split(separator: ";", omittingEmptySubsequences: false)
        let header = (["OTHER"] + names.reversed().map { $0.lowercased() }).joined(separator: ",")
        let row = ([""] + fields.reversed().map { "\"\($0)\"" }).joined(separator: ",")
        let expected = try await Fixture.read(Self.file).findings.map(Fixture.summary)
        let outcome = try await Fixture.read("\u{FEFF}" + header + "\r\n" + row)
        #expect(outcome.findings.map(Fixture.summary) == expected)
    }

    @Test func quotesAndLineBreaks() async throws {
        let detail = "He said \"\"no\"\";\nthen\r\nleft"
        let text = Self.changed("Door 7 stands open.", "\"\(detail)\"") + "\n\r\n" + Fixture.csvRow
        let bad = text + "\nshort;row\n"
        for piece in [1, 2, 3, 100_000] {
            let outcome = try await Fixture.drain(
                ScanFileReader(source: DribblingSource(Array(bad.utf8), piece: piece), name: "f", options: .init()))
            #expect(outcome.findings.count == 3)
            #expect(outcome.findings.dropFirst().first?.detail == "He said \"no\";\nthen\r\nleft")
            #expect(outcome.rejections.map(\.place) == ["f: line 9"])
            #expect(outcome.rejections.map(\.message) == ["the row has 2 columns, but the header has 28"])
        }
    }

    @Test func linesAreCountedAsTheyStandInTheFile() async throws {
        // Resolving many quotes moves the line breaks behind them.
        let detail = "\"" + String(repeating: "\"\"", count: 40) + "\n\n\n\""
        let text = Self.changed("Door 7 stands open.", detail) + "short\n"
        let outcome = try await Fixture.read(text)
        #expect(outcome.findings.count == 2)
        #expect(outcome.rejections.map(\.place) == ["f: line 7"])
    }

    @Test(arguments: CSVColumn.required.map(\.rawValue))
    func aMissingColumnIsNamed(column: String) async throws {
        let names = Fixture.csvHeader.split(separator: ";").map { $0 == column ? "ELSE" : $0 }
        let outcome = try await Fixture.read(names.joined(separator: ";") + "\n" + Fixture.csvRow)
        #expect(outcome.error?.code == .invalidInput)
        #expect(outcome.error?.message == "the column is missing: \(column)")
        #expect(outcome.error?.place == "f: line 1")
    }

    @Test func aColumnTwiceIsNamed() async throws {
        let outcome = try await Fixture.read(Fixture.csvHeader.replacing(";RISK;", with: ";STATUS;"))
        #expect(outcome.error?.message == "the column STATUS stands more than once")
    }

    @Test(arguments: [
        (";FAIL;", ";MAYBE;", "STATUS"), (";FAIL;", ";;", "STATUS"), (";high;", ";dire;", "SEVERITY"),
        (";False;", ";No;", "MUTED"),
        (";aws;vault_door", ";moonbase;vault_door", "PROVIDER"), (";200000000001;", ";;", "ACCOUNT_UID"),
        ("2026-09-21 14", "2026-02-30 14", "TIMESTAMP"), (";vault_door_locked;", ";;", "CHECK_ID"),
        ("door-7", "\"door\"7", ""), ("door-7", "door\u{0}7", ""),
    ])
    func badRows(old: String, new: String, field: String) async throws {
        let outcome = try await Fixture.read(Self.changed(old, new))
        #expect(outcome.error == nil)
        #expect(outcome.findings.count == 1)
        #expect(outcome.rejections.map(\.field) == [field])
        #expect(outcome.rejections.map(\.place) == ["f: line 3"])
    }

    @Test func invalidUTF8() async throws {
        var bytes = Array(Self.file.utf8)
        bytes[bytes.count - 3] = 0xC3
        #expect(try await Fixture.read(bytes).rejections.map(\.message) == ["the bytes are not valid UTF-8"])
    }

    @Test func anOpenQuoteAtTheEndIsFatal() async throws {
        let outcome = try await Fixture.read(Self.file + "\"abc;def\n\n")
        #expect(outcome.error?.message.contains("ends inside a quoted field") == true)
        #expect(outcome.error?.place?.hasPrefix("f: row 3, line 5") == true)
    }

    @Test func aRowBeyondTheLimitIsPassedOver() async throws {
        let long = Fixture.csvRow.replacing("Door 7", with: "\"" + String(repeating: "a\n", count: 3000) + "\"")
        let text = Self.file + long + "\n" + Fixture.csvRow
        let outcome = try await Fixture.read(text, ReadingOptions(maximumElementBytes: 2000, name: "f"))
        #expect(outcome.findings.count == 2)
        #expect(outcome.rejections.map(\.place) == ["f: line 3"])
    }

    @Test func listsRegionsTagsAndNumbers() async throws {
        let text = Self.changed(";eu-west-1;", ";us-east-1 | eu-west-1 | us-east-1;")
            .replacing("colour=red | aws:stack:name=quay | lonely", with: "a=b=c | a=b=c | e | =v")
            .replacing("2026-09-21 14:13:20.000000", with: "1790000000")
        let outcome = try await Fixture.read(text)
        #expect(outcome.findings.map(\.regions) == [["eu-west-1"], ["eu-west-1", "us-east-1"]])
        #expect(
            outcome.findings.last?.resource.tags
                == [Tag(key: "", value: "v"), Tag(key: "a", value: "b=c"), Tag(key: "e", value: "")])
        #expect(outcome.findings.last?.observedAt.milliseconds == 1_790_000_000_000)
    }

    @Test func kubernetesNamespaces() async throws {
        let text = Self.file.replacing(";aws;vault_door", with: ";kubernetes;vault_door")
            .replacing(";eu-west-1;", with: ";namespace: harbour;")
        #expect(try await Fixture.read(text).findings.map(\.regions) == [["harbour"]])
    }

    @Test(arguments: ["colour=red", "eu-west-1", "CIS-9.9: 1.1"])
    func listsHaveALimit(item: String) async throws {
        let text = Self.changed(item, String(repeating: "\(item) | ", count: 100_001))
        let outcome = try await Fixture.read(text)
        #expect(outcome.findings.count == 1)
        #expect(outcome.rejections.map(\.message) == ["the list has more than 100000 items"])
    }

    @Test func onlyAHeaderIsNoFindings() async throws {
        let outcome = try await Fixture.read(Fixture.csvHeader)
        #expect(outcome.error == nil)
        #expect(outcome.findings.isEmpty)
        #expect(outcome.scanner == "prowler")
    }
}
