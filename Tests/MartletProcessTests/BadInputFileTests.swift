import Foundation
import Testing

/// Files of which nothing can be used.
struct BadInputFileTests {
    private let bad: BadInput

    init() throws { bad = try BadInput() }

    private func expectFailure(_ name: String, _ bytes: Data, _ words: String...) throws {
        let file = try bad.write(bytes, name)
        for arguments in [["import", file], ["import", file, "--strict", "-o", "json"]] {
            try bad.expectFailure(arguments, [name + ": "] + words, name)
        }
    }

    private func expectFailure(_ name: String, _ text: String, _ words: String...) throws {
        let file = try bad.write(Data(text.utf8), name)
        try bad.expectFailure(["import", file], [name + ": "] + words, name)
        try bad.expectFailure(["import", "-"], ["standard input: "] + words, input: .file(file), name)
    }

    @Test func brokenArrays() throws {
        let line = try BadInput.line()
        let cut = String(line.prefix(100))
        try expectFailure("cut", "[\n\(line),\n\(cut)", "element 2, line 3, byte", "the file ends inside an element")
        try expectFailure("open", "[\n\(line),", "element 1, line 2, byte", "the file ends before the array does")
        try expectFailure(
            "words", "[\n\(line) x ]", "element 1, line 2, byte", "a comma or the end of the array is missing")
        try expectFailure("behind", "[\(line)] x", "element 1, line 1, byte", "text after the end of the array")
        try expectFailure(
            "commas", "[\(line),,\(line)]", "element 1, line 1, byte", "an element of the array was expected")
        try expectFailure("deep", "[" + String(repeating: "[", count: 300_000), "the file ends inside an element")
    }

    @Test func unknownContent() throws {
        try expectFailure("empty", "", "the file is empty")
        try expectFailure("space", " \n\t\n", "the file is empty")
        for text in ["\"hello\"", "17", "true", "hello, world\nthis is no table"] {
            try expectFailure("unknown", text, "the content is not known", "OCSF", "CSV")
        }
        try expectFailure(
            "garbage", Data((0..<5_000).map { UInt8(truncatingIfNeeded: 128 + $0 * 7 % 128) }), "not known")
        try expectFailure("nothing", Data(count: 70_000), "not known")
        let utf16 = try #require(try BadInput.line().data(using: .utf16))
        try expectFailure("utf16", utf16, "UTF-16")
    }

    @Test func brokenCompression() throws {
        let plain = try bad.write(Data(try BadInput.line().utf8), "plain")
        let packed = try Gzip.compress(plain)
        try expectFailure("cut.gz", packed.dropLast(20), "the gzip data is cut off near byte")
        try expectFailure("head.gz", packed.prefix(6), "gzip")
        var damaged = packed
        damaged[packed.count / 2] ^= 0xFF
        try expectFailure("damaged.gz", damaged, "the gzip data is damaged near byte")
        try expectFailure("damaged.zst", Data([0x28, 0xB5, 0x2F, 0xFD]) + Data(repeating: 0x6A, count: 90), "zstd")
        // The sound one, so that the damage is what fails.
        let sound = try bad.write(packed, "sound.gz")
        #expect(try bad.copy().run(["import", sound, "-q"]).code == 0)
    }

    @Test func tables() throws {
        let header = "TIMESTAMP;ACCOUNT_UID;PROVIDER;CHECK_ID;STATUS;SEVERITY;RESOURCE_UID;RESOURCE_NAME;REGION"
        let row = "2026-10-01T06:00:00Z;210987654321;aws;s3_bucket_x;FAIL;high;arn:1;name;eu-west-1"
        let missing = header.replacingOccurrences(of: ";STATUS", with: "")
        try expectFailure("missing.csv", "\(missing)\n\(row)\n", "line 1: the column is missing: STATUS")
        let twice = header.replacingOccurrences(of: "REGION", with: "STATUS")
        try expectFailure("twice.csv", "\(twice)\n\(row)\n", "line 1: the column STATUS stands more than once")
        let open = row.replacingOccurrences(of: "arn:1", with: "\"arn:1")
        try expectFailure("quote.csv", "\(header)\n\(row)\n\(open)\n", "row 3, line 4, byte", "inside a quoted field")
    }

    @Test func unreadable() throws {
        let folder = bad.store.folder
        try bad.expectFailure(["import", folder.url.path], [folder.url.path + ": ", "directory"])
        try bad.expectFailure(["import", folder.path("nowhere")], ["nowhere: No such file"])
        // Nobody can read its first byte, root included.
        try bad.expectFailure(["import", "/proc/self/mem"], ["/proc/self/mem: ", "cannot be read"])
        if geteuid() != 0 {
            let file = try folder.write("[]", "locked")
            chmod(file, 0)
            try bad.expectFailure(["import", file], ["locked: Permission denied"])
        }
    }

    @Test func olderThanPublished() throws {
        let old = try CommandLineScan(time: "2020-01-01T00:00:00Z", statements: [.init()]).ndjson()
        let file = try bad.write(Data(old.utf8), "old")
        try bad.expectFailure(["import", file], ["old: ", "2020-01-01T00:00:00.000Z", "--history"])
        #expect(try bad.copy().run(["import", file, "--history", "-q"]).code == 0)
    }

    @Test func accountsWithoutEnd() throws {
        let line = try BadInput.line()
        let lines = (0..<1_200).map { line.replacingOccurrences(of: "210987654321", with: "\(300_000_000_000 + $0)") }
        let file = try bad.write(Data(lines.joined(separator: "\n").utf8), "accounts")
        let result = try bad.store.run(["import", file])
        #expect(result.code == 1)
        #expect(result.errors.contains("1000 accounts"))
        #expect(try bad.store.succeed(["findings", "-o", "ndjson"]).split(separator: "\n").count == 1)
    }

    /// One file that fails does not keep the others out.
    @Test func othersOfSeveralFiles() throws {
        let store = try bad.copy()
        let broken = try bad.write(Data("[".utf8), "broken")
        let statement = CommandLineScan.Statement(uid: "arn:aws:s3:::lane", name: "lane")
        let sound = try bad.write(Data(try BadInput.line(statement).utf8), "sound")
        let result = try store.run(["import", broken, sound, "-o", "json"])
        #expect(result.code == 1)
        #expect(result.lines.count == 1)
        #expect(try store.succeed(["findings", "-o", "ndjson"]).contains("arn:aws:s3:::lane"))
    }
}
