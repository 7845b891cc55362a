import MartletProgram
import Testing

/// A listing of findings that a limit has cut goes on with a cursor.
struct CommandLinePageTests {
    private let folder: Folder

    init() throws {
        folder = try Folder()
        let statements = (0..<17).map { index in
            CommandLineScan.Statement(severity: index % 3 == 0 ? "High" : "Critical", uid: "arn:\(index)")
        }
        let file = try folder.write(try CommandLineScan(statements: statements).ndjson(), "scan.ndjson")
        try #require(try Binary.run(["import", file, "-q"], in: folder).code == 0)
    }

    @Test func partsAreTheWhole() throws {
        let format = "ndjson"
        let whole = try Binary.run(["findings", "-o", format], in: folder)
        #expect(whole.errors.isEmpty)
        var lines: [String] = []
        var arguments = ["findings", "-o", format, "-n", "5"]
        for part in 0..<4 {
            let run = try Binary.run(arguments, in: folder)
            #expect(run.code == 0 && run.lines.count == (part < 3 ? 5 : 2))
            lines += run.lines
            let words = run.errors.split(whereSeparator: \.isWhitespace)
            #expect(words.contains("--after") == (part < 3))
            guard part < 3 else { break }
            arguments = ["findings", "-o", format, "-n", "5", "--after", String(try #require(words.last))]
        }
        #expect(lines == whole.lines)
    }

    @Test func quietSaysNothing() throws {
        #expect(try Binary.run(["findings", "-n", "5", "-q"], in: folder).errors.isEmpty)
    }

    @Test(arguments: ["", "x", "1.0.5.1", "'; DROP TABLE findings; --"]) func refused(_ cursor: String) throws {
        let run = try Binary.run(["findings", "--after=\(cursor)"], in: folder)
        #expect(run.code == 2 && run.output.isEmpty && run.errors.contains("no cursor"))
    }
}
