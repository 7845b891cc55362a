import Foundation
import MartletCore
import MartletProgram
import Testing

@testable import martlet

/// `martlet source`.
struct CommandLineSourceTests {
    private let folder: Folder

    init() throws { folder = try Folder() }

    private func run(_ arguments: String...) throws -> Binary.Result { try Binary.run(arguments, in: folder) }

    private func add(_ options: [String]) throws -> Binary.Result {
        try Binary.run(["source", "add", "lab"] + options, in: folder)
    }

    private static let least = ["--command", #"["scanner"]"#, "--output", "stdout"]

    @Test func lifeCycle() throws {
        let options = [
            "--command", #"["scanner","{provider}",["--region","{regions}"]]"#, "--output", "file:out/*.json",
            "--timeout",
            "90m", "--exit-codes", "3,4", "--exit-codes", "5", "--environment", "A=b,c=d", "--environment", "B=",
            "--secret", "accounts/{provider}/{account}", "--output-limit", "64M", "--disk-limit", "1GiB",
            "--memory-limit", "2G",
        ]
        let added = try add(options)
        #expect(added.code == 0 && added.output.isEmpty && added.errors.contains("external:lab"), "\(added.errors)")
        let shown = try run("source", "show", "lab", "-o", "json")
        let json = try JSONValue.parse(shown.output)
        #expect(json["name"]?.stringValue == "lab" && json["output"]?.stringValue == "file:out/*.json")
        #expect(json["command"]?.text == #"["scanner","{provider}",["--region","{regions}"]]"#)
        #expect(json["timeout_seconds"]?.intValue == 5_400 && json["exit_codes"]?.text == "[3,4,5]")
        #expect(json["output_bytes"]?.intValue == 64 << 20 && json["disk_bytes"]?.intValue == 1 << 30)
        #expect(json["memory_bytes"]?.intValue == 2 << 30 && json["environment"]?.text == #"{"A":"b,c=d","B":""}"#)
        #expect(json["secrets"]?.text == #"["accounts/{provider}/{account}"]"#)
        #expect(json["created_at"] == json["updated_at"] && json["created_at"]?.stringValue != nil)
        let list = try run("source", "list")
        #expect(list.lines.count == 2 && list.lines[1].hasPrefix("lab "))
        #expect(try run("source", "list", "-o", "json").output.hasPrefix("[{\"name\":\"lab\","))
        #expect(try run("source", "list", "-o", "csv").lines[0].hasPrefix("name,command,output,timeout_seconds,"))
        #expect(try run("source", "show", "lab").output.contains("Exit codes    0, 3, 4, 5"))

        let again = try add(Self.least)
        #expect(again.code == 1 && again.errors.contains("--replace"))
        #expect(try add(Self.least + ["--replace"]).code == 0)
        let replaced = try JSONValue.parse(try run("source", "show", "lab", "-o", "json").output)
        #expect(replaced["timeout_seconds"]?.intValue == 21_600 && replaced["memory_bytes"] == .null)
        #expect(replaced["created_at"] == json["created_at"])
        #expect(try run("source", "remove", "lab").code == 0)
        for gone in [try run("source", "remove", "lab"), try run("source", "show", "lab")] {
            #expect(gone.code == 1 && gone.errors.contains("there is no source 'lab'"))
        }
        #expect(try run("source", "list").lines == ["no external sources; add one with: martlet source add"])
    }

    @Test(
        "what cannot work is refused with its place, and no store is made",
        arguments: [
            ([], 2, "--command"), (["--command", "[]"], 2, "--output"),
            (["--command", "[", "--output", "stdout"], 1, "--command"),
            (["--command", #"["s","{who}"]"#, "--output", "stdout"], 1, "--command /command/1: {who}"),
            (["--command", #"["s","{regions}"]"#, "--output", "stdout"], 1, "--command /command/1"),
            (["--command", #"["./s"]"#, "--output", "stdout"], 1, "--command /command/0"),
            (["--command", #"["s"]"#, "--output", "file:/x"], 1, "--output"),
            (["--command", #"["s"]"#, "--output", "json"], 1, "--output"),
            (least + ["--timeout", "soon"], 2, "--timeout"),
            (least + ["--timeout", "0"], 1, "/timeout_seconds"), (least + ["--exit-codes", "x"], 2, "--exit-codes"),
            (least + ["--exit-codes", "256"], 1, "/findings_exit_codes"),
            (least + ["--environment", "A"], 2, "--environment"),
            (least + ["--environment", "A=1", "--environment", "A=2"], 2, "--environment"),
            (least + ["--environment", "LD_PRELOAD=x"], 1, "/environment/LD_PRELOAD"),
            (least + ["--secret", "A={region}"], 1, "--secret"),
            (least + ["--output-limit", "5X"], 2, "--output-limit"),
            (least + ["--disk-limit", "1"], 1, "/output_bytes"),
            (least + ["--memory-limit", "1M"], 1, "/memory_bytes"),
        ] as [([String], Int32, String)])
    func refused(options: [String], code: Int32, says: String) throws {
        let result = try add(options)
        #expect(result.code == code && result.errors.contains(says), "\(result.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.path("home")))
    }

    @Test func sharedSecretMustBeThere() throws {
        let result = try add(Self.least + ["--secret", "TOKEN=hunter22"])
        #expect(result.code == 1 && result.errors.contains("TOKEN") && !result.errors.contains("hunter22"))
    }

    @Test func amounts() throws {
        let seconds = [("5", 5), ("5s", 5), ("2m", 120), ("6h", 21_600), ("1D", 86_400)]
        for (text, value) in seconds { #expect(try Amount.seconds(text, option: "x") == value) }
        let bytes: [(String, Int64)] = [("7", 7), ("1k", 1024), ("3MB", 3 << 20), ("2GiB", 2 << 30), ("1T", 1 << 40)]
        for (text, value) in bytes { #expect(try Amount.bytes(text, option: "x") == value) }
        for text in ["", "h", "-1h", "1.5h", "1 h", "1w", "99999999999999999999", "9223372036854775807d", "٣h"] {
            let error = #expect(throws: MartletError.self) { try Amount.seconds(text, option: "x") }
            #expect(error?.code == .usage)
        }
        for text in ["", "k", "1P", "9223372036854775807T"] {
            #expect(throws: MartletError.self) { try Amount.bytes(text, option: "x") }
        }
    }
}
