import Foundation
import MartletProgram
import MartletTestSupport
import Testing

/// Pipes that close, terminals, colours, progress.
struct CommandLineStreamTests {
    private let folder: Folder

    init() throws {
        folder = try Folder()
        let statements = (0..<800).map { index in
            CommandLineScan.Statement(
                severity: index % 2 == 0 ? "High" : "Critical", uid: "arn:\(index)", name: "name-\(index)",
                detail: String(repeating: "long detail ", count: 10))
        }
        let file = try folder.write(try CommandLineScan(statements: statements).ndjson(), "scan.ndjson")
        try #require(try Binary.run(["import", file, "-q"], in: folder).code == 0)
    }

    @Test(arguments: ["table", "json", "ndjson", "csv", "ocsf"])
    func readerThatGoesAway(_ format: String) throws {
        let output = try Spawn.pipe()
        let said = folder.path("errors")
        let errors = try Spawn.file(said, writes: true)
        defer { close(errors) }
        let child = try Spawn.start(
            try Binary.path, ["findings", "-o", format], environment: Binary.base(folder), output: output.writing,
            errors: errors)
        close(output.writing)
        var piece = [UInt8](repeating: 0, count: 10)
        _ = read(output.reading, &piece, piece.count)
        close(output.reading)
        #expect(Spawn.wait(for: child) == 0)
        #expect(try String(contentsOfFile: said, encoding: .utf8).isEmpty)
    }

    /// What the program writes to a terminal of 60 columns, and what to standard error.
    private func inTerminal(_ arguments: [String], _ environment: [String: String] = [:]) throws -> (String, Int32) {
        // What posix_openpt and ptsname do; Swift's Glibc doesn't have them.
        let main = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        var unlocked: Int32 = 0
        var number: Int32 = 0
        let (setLock, getNumber): (UInt, UInt) = (0x4004_5431, 0x8004_5430)
        try #require(main >= 0 && ioctl(main, setLock, &unlocked) == 0 && ioctl(main, getNumber, &number) == 0)
        let name = "/dev/pts/\(number)"
        let side = open(name, O_RDWR | O_NOCTTY)
        try #require(side >= 0)
        var size = winsize(ws_row: 24, ws_col: 60, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(side, UInt(TIOCSWINSZ), &size)
        let child = try Spawn.start(
            try Binary.path, arguments,
            environment: Binary.base(folder).merging(["TERM": "xterm"]) { $1 }.merging(environment) { $1 },
            output: side, errors: side)
        close(side)
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4096)
        while true {
            // Reading ends with an error once the program has closed the terminal.
            let count = read(main, &piece, piece.count)
            if count <= 0 { break }
            bytes += piece.prefix(count)
        }
        let code = Spawn.wait(for: child)
        close(main)
        return (String(decoding: bytes, as: UTF8.self), code)
    }

    @Test func tableFitsTheTerminal() throws {
        let (text, code) = try inTerminal(["findings", "-n", "20", "--no-color"])
        #expect(code == 0)
        // Standard error is the same terminal here.
        let lines = text.split(whereSeparator: \.isNewline).filter { !$0.contains("--after") }
        #expect(lines.count == 21)
        for line in lines { #expect(line.count <= 60, "\(line)") }
        #expect(text.contains("…"))
        #expect(!text.contains("\u{1B}"))
    }

    @Test func colours() throws {
        #expect(try inTerminal(["findings", "-n", "1"]).0.contains("\u{1B}[31mFAIL\u{1B}[0m"))
        for environment in [["NO_COLOR": "1"], ["TERM": "dumb"], ["MARTLET_NO_COLOR": "1"]] {
            #expect(!(try inTerminal(["findings", "-n", "1"], environment)).0.contains("\u{1B}"))
        }
        // An empty NO_COLOR does not count.
        #expect(try inTerminal(["findings", "-n", "1"], ["NO_COLOR": ""]).0.contains("\u{1B}"))
        // Formats for scripts are never coloured or cut.
        let (text, _) = try inTerminal(["findings", "-n", "1", "-o", "ndjson"])
        #expect(!text.contains("\u{1B}"))
        #expect(text.contains("long detail long detail"))
    }

    @Test func errorsCannotCommandTheTerminal() throws {
        let result = try Binary.run(["findings", "--account", "\u{1B}[31mx"], in: folder)
        #expect(result.code == 1)
        #expect(!result.errors.contains("\u{1B}"))
    }

    @Test func fullDiskIsAnError() throws {
        let full = try Spawn.file("/dev/full", writes: true)
        let said = folder.path("errors-full")
        let errors = try Spawn.file(said, writes: true)
        defer { for descriptor in [full, errors] { close(descriptor) } }
        let child = try Spawn.start(
            try Binary.path, ["findings", "-o", "csv"], environment: Binary.base(folder), output: full, errors: errors)
        #expect(Spawn.wait(for: child) == 1)
        #expect(try String(contentsOfFile: said, encoding: .utf8).contains("cannot write the output"))
    }
}
