import Foundation
import MartletGenerator
import MartletProgram
import Testing

/// Memory does not follow the input; everything comes through standard input, so that no file is needed.
@Suite(.serialized, .timeLimit(.minutes(20)))
struct MemoryTests {
    private let store: TestStore
    private static let mebibyte = 1 << 20

    init() throws { store = TestStore(folder: try Folder()) }

    /// Feeds an import and gives its end and its peak, with `length` bytes of filler between two texts.
    private func feed(
        _ head: String, filler: String, length: Int, _ tail: String, _ options: [String] = []
    ) throws -> (result: Binary.Result, peak: Int) {
        let process = try store.start(["import", "-", "-o", "json"] + options, input: .pipe)
        process.write(head)
        let piece = Array(String(repeating: filler, count: Self.mebibyte / filler.utf8.count).utf8)
        var left = length
        while left > 0, piece.withUnsafeBytes({ process.write($0) }) { left -= piece.count }
        process.write(tail)
        process.closeInput()
        let result = try process.wait(seconds: 240)
        print("\(length / Self.mebibyte) MiB of \(filler.prefix(10)): peak \(process.peakBytes / Self.mebibyte) MiB")
        return (result, process.peakBytes)
    }

    private func other() throws -> String {
        try BadInput.line(CommandLineScan.Statement(uid: "arn:aws:s3:::lane", name: "lane"))
    }

    private func expectOneRejection(
        _ outcome: (result: Binary.Result, peak: Int), _ place: String, at location: SourceLocation = #_sourceLocation
    ) {
        let result = outcome.result
        #expect(result.code == 0, "\(result.errors)", sourceLocation: location)
        #expect(result.output.contains("\"read\":3,\"rejected\":1,"), "\(result.output)", sourceLocation: location)
        #expect(result.errors.contains("standard input: \(place): "), "\(result.errors)", sourceLocation: location)
        #expect(outcome.peak > 4 << 20 && outcome.peak < 256 << 20, sourceLocation: location)
    }

    @Test func lineOfOneGigabyte() throws {
        let line = try BadInput.line()
        let cut = try #require(line.range(of: "Bucket orchard"))
        expectOneRejection(
            try feed(
                "\(try other())\n\(line[..<cut.lowerBound])", filler: "orchard ", length: 1 << 30,
                "\(line[cut.lowerBound...])\n\(line)\n"), "line 2")
    }

    @Test func elementOfAnArray() throws {
        let line = try BadInput.line()
        let cut = try #require(line.range(of: "Bucket orchard"))
        expectOneRejection(
            try feed(
                "[\(try other()),\(line[..<cut.lowerBound])", filler: "\\\"[{", length: 300 << 20,
                "\(line[cut.lowerBound...]),\(line)]"), "element 2")
    }

    @Test func rowOfATable() throws {
        let header = "TIMESTAMP;ACCOUNT_UID;PROVIDER;CHECK_ID;STATUS;SEVERITY;RESOURCE_UID;RESOURCE_NAME;REGION"
        let row = "2026-10-01T06:00:00Z;210987654321;aws;s3_bucket_x;FAIL;high;arn:1;name;eu-west-1"
        expectOneRejection(
            try feed(
                "\(header)\n\(row)\n\(row.dropLast(9))\"", filler: "eu;\n\"\"we", length: 300 << 20, "\"\n\(row)1\n"),
            "line 3")
    }

    @Test func blanksWithoutEnd() throws {
        let (result, peak) = try feed("[\(try other()),", filler: " \n", length: 512 << 20, "\(try BadInput.line())]")
        #expect(result.code == 0, "\(result.errors)")
        #expect(peak < 256 << 20)
    }

    @Test func bracketsWithoutEnd() throws {
        let (result, peak) = try feed("[", filler: "[", length: 300 << 20, "")
        #expect(result.code == 1)
        #expect(result.output.isEmpty)
        #expect(peak < 256 << 20)
    }

    /// One gigabyte that is a megabyte when compressed.
    @Test func compressedBomb() throws {
        let line = try BadInput.line()
        let padding = String(repeating: " ", count: 16 << 20)
        let member = try Gzip.compress(try store.folder.write(padding, "padding"))
        let head = try Gzip.compress(try store.folder.write("[\(try other()),", "head"))
        let tail = try Gzip.compress(try store.folder.write("\(line)]", "tail"))
        let file = store.folder.path("bomb.gz")
        let bytes = head + Data(Array(repeating: member, count: 64).joined()) + tail
        try bytes.write(to: URL(fileURLWithPath: file))
        let process = try store.start(["import", file, "-q"])
        let result = try process.wait(seconds: 240)
        #expect(result.code == 0, "\(result.errors)")
        #expect(process.peakBytes < 256 << 20)
        print("\(bytes.count >> 10) KiB that become 1 GiB: peak \(process.peakBytes / Self.mebibyte) MiB")
    }

    @Test func hundredThousandFindings() throws {
        let estate = try BenchmarkEstate(findings: 100_000)
        let process = try store.start(["import", "-", "-o", "json"], input: .pipe)
        let totals = estate.write { process.write($0) }
        process.closeInput()
        let result = try process.wait(seconds: 240)
        #expect(result.code == 0, "\(result.errors)")
        #expect(result.output.contains("\"read\":100000,\"rejected\":0,\"duplicates\":0,\"new\":100000,"))
        print("\(totals.bytes / Self.mebibyte) MiB, 100,000 findings: peak \(process.peakBytes / Self.mebibyte) MiB")
        #expect(process.peakBytes < 144 << 20)

        // Readers stream: a listing of everything stays small too.
        let listing = try store.start(["findings", "-o", "ocsf"])
        #expect(try listing.wait(seconds: 240, readsOutput: false).code == 0)
        #expect(listing.outputBytes > 300 << 20)
        print("listing of \(listing.outputBytes / Self.mebibyte) MiB: peak \(listing.peakBytes / Self.mebibyte) MiB")
        #expect(listing.peakBytes < 128 << 20)
    }
}
