import Foundation
import MartletCore
import MartletProgram
import Testing

/// `martlet secret`, and that nothing of a secret or a key is to be seen anywhere.
struct CommandLineSecretTests {
    private let folder: Folder
    private let home: String

    init() throws {
        folder = try Folder()
        home = folder.path("home")
    }

    private func run(
        _ arguments: [String], input: String? = nil, environment: [String: String] = [:]
    ) throws -> Binary.Result {
        try Binary.run(
            ["secret"] + arguments, environment: environment, input: input.map { Data($0.utf8) }, in: folder)
    }

    private func succeed(
        _ arguments: String..., input: String? = nil, environment: [String: String] = [:]
    ) throws -> Binary.Result {
        let result = try run(arguments, input: input, environment: environment)
        #expect(result.code == 0, "\(arguments): \(result.errors)")
        return result
    }

    private func rows() throws -> [JSONValue] {
        try JSONValue.parse(try succeed("list", "-o", "json").output).arrayValue ?? []
    }

    /// A file with a new key, and the key.
    private func keyFile(_ name: String, mode: Int = 0o600) throws -> (path: String, key: String) {
        let key = try succeed("key").lines[0]
        let path = try folder.write("# a key of the tests\n" + key + "\n", name)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return (path, key)
    }

    @Test func lifeCycle() throws {
        #expect(try run(["list"]).errors.contains("There is no store yet"))
        let first = try succeed("set", "aws/prod", input: "{\"AWS_ACCESS_KEY_ID\": \"AKIAEXAMPLE\"}")
        #expect(first.output.isEmpty && first.errors.contains("a key for secrets was made: \(home)/martlet.db.key"))
        let second = try succeed("set", "token", input: "text\n")
        #expect(second.errors.hasPrefix("secret token is set, sealed with key "))
        let rows = try rows()
        #expect(rows.map { $0["name"]?.stringValue } == ["aws/prod", "token"])
        #expect(rows.map { $0["kind"]?.stringValue } == ["fields", "text"])
        #expect(rows.allSatisfy { $0["key_id"]?.stringValue?.utf8.count == 16 })
        #expect(rows.allSatisfy { $0["created_at"]?.stringValue?.hasSuffix("Z") == true })
        let row = try JSONValue.parse(try succeed("set", "token", "-o", "json", input: "{\"a\":\"b\"}").output)
        #expect(row["kind"]?.stringValue == "fields" && row["created_at"] == rows[1]["created_at"])
        #expect(try succeed("list").output.hasPrefix("NAME      KIND    KEY "))
        let csv = try succeed("list", "-o", "csv").output.components(separatedBy: "\r\n")
        #expect(csv.count == 4 && csv[0] == "name,kind,key_id,created_at,updated_at")
        #expect(try succeed("remove", "token").errors == "secret token removed\n")
        let gone = try run(["remove", "token"])
        #expect(gone.code == 1 && gone.errors.contains("there is no secret 'token'"))
        #expect(try self.rows().count == 1)
    }

    @Test func valueComesFromEverywhereButArguments() throws {
        let file = try folder.write("{\"A\":\"1\"}", "value")
        let variables = ["ONE": "1", "TWO": "2", "EMPTY": ""]
        _ = try succeed("set", "file", "--from-file", file)
        _ = try succeed("set", "file-text", "--from-file", file, "--text")
        _ = try succeed("set", "variables", "--from-env", "ONE,TWO", "--from-env=EMPTY", environment: variables)
        _ = try succeed("set", "variable-text", "--from-env", "ONE", "--text", environment: variables)
        _ = try succeed("set", "input", "--from-file", "-", input: "x")
        let kinds = try rows().map { $0["kind"]?.stringValue }
        #expect(kinds == ["fields", "text", "text", "text", "fields"])
        let argument = try run(["set", "name", "hunter2"])
        #expect(argument.code == 2 && argument.errors.contains("never comes from the command line"))
        #expect(!argument.errors.contains("hunter2"))
        let name = try run(["set", "hunter2!"], input: "x")
        #expect(name.code == 2 && !name.errors.contains("hunter2"))
        for arguments in [
            ["set", "a", "--from-file", file, "--from-env", "ONE"], ["set"], ["remove"], ["key", "a"], ["list", "a"],
            ["set", "a", "--from-env", "ONE,TWO", "--text"],
        ] {
            let result = try run(arguments, environment: variables)
            #expect(result.code == 2 && result.output.isEmpty, "\(arguments): \(result.errors)")
        }
        for arguments in [
            ["set", "a", "--from-env", "NONE"], ["set", "a", "--from-file", folder.path("none")], ["set", "a"],
            ["set", "a", "--from-file", folder.url.path],
        ] {
            let result = try run(arguments, environment: variables)
            #expect(result.code == 1 && result.output.isEmpty, "\(arguments): \(result.errors)")
        }
        #expect(try rows().count == 5)
    }

    @Test func theKeyComesFromAFileOrTheEnvironment() throws {
        let (path, key) = try keyFile("a.key")
        let (open, _) = try keyFile("open.key", mode: 0o640)
        _ = try succeed("set", "a", "--secret-key-file", path, input: "v")
        _ = try succeed("set", "b", input: "v", environment: ["MARTLET_SECRET_KEY_FILE": path])
        _ = try succeed("set", "c", input: "v", environment: ["MARTLET_SECRET_KEY": key])
        let hex = (Data(base64Encoded: key) ?? Data()).map { String(format: "%02x", $0) }.joined()
        _ = try succeed("set", "d", input: "v", environment: ["MARTLET_SECRET_KEY": hex])
        #expect(try Set(rows().compactMap { $0["key_id"]?.stringValue }).count == 1)
        #expect(!FileManager.default.fileExists(atPath: home + "/martlet.db.key"))
        let refused = try run(["set", "e", "--secret-key-file", open], input: "v")
        #expect(refused.code == 1 && refused.errors.contains("chmod 600"))
        let short = try run(["set", "e"], input: "v", environment: ["MARTLET_SECRET_KEY": "hunter2"])
        #expect(short.code == 1 && short.errors.contains("64 hexadecimal digits") && !short.errors.contains("hunter2"))
        // A lost key is not replaced in silence.
        let lost = try run(["set", "e"], input: "v")
        #expect(lost.code == 1 && lost.errors.contains("their key is gone"))
        #expect(try rows().count == 4)
    }

    @Test func credentialsOfTheServiceManagerAreTaken() throws {
        let key = try keyFile("credential", mode: 0o440)
        let variables = ["MARTLET_SECRET_KEY_FILE": key.path]
        #expect(try run(["set", "a"], input: "b", environment: variables).errors.contains("chmod 600"))
        let folder = URL(fileURLWithPath: key.path).deletingLastPathComponent().path
        for (directory, isTaken) in [(folder, true), (folder + "/other", false), ("", false)] {
            let environment = variables.merging(["CREDENTIALS_DIRECTORY": directory]) { $1 }
            #expect(try (run(["set", "a"], input: "b", environment: environment).code == 0) == isTaken, "\(directory)")
        }
        #expect(chmod(key.path, 0o444) == 0)
        let open = variables.merging(["CREDENTIALS_DIRECTORY": folder]) { $1 }
        #expect(try run(["set", "a"], input: "b", environment: open).code == 1)
    }

    @Test func rotation() throws {
        let (old, _) = try keyFile("old.key")
        let (new, _) = try keyFile("new.key")
        for name in ["a", "b"] { _ = try succeed("set", name, "--secret-key-file", old, input: "v") }
        let without = try run(["rotate", "--secret-key-file", new, "-o", "json"])
        #expect(without.code == 1 && without.errors.contains("is not among the keys given"))
        #expect(try JSONValue.parse(without.output)["failed"]?.arrayValue?.count == 2)
        let result = try succeed("rotate", "--secret-key-file", old, "--to", new, "-o", "json")
        let rotation = try JSONValue.parse(result.output)
        #expect(rotation["resealed"]?.intValue == 2 && rotation["failed"]?.arrayValue == [])
        #expect(try rows().allSatisfy { $0["key_id"] == rotation["key_id"] })
        let again = try succeed("rotate", "--secret-key-file", new)
        #expect(again.errors.hasPrefix("0 secrets sealed anew with key "))
    }

    /// Every file of the store and all that was said, whatever went wrong.
    @Test func nothingLeaks() throws {
        let secret = "hunter2-Zq8vT4xLk"
        let encoded = [
            Data(secret.utf8).base64EncodedString(), Data(secret.utf8).map { String(format: "%02x", $0) }.joined(),
        ]
        let (old, oldKey) = try keyFile("old.key")
        let (new, newKey) = try keyFile("new.key")
        let (wrong, wrongKey) = try keyFile("wrong.key")
        let file = try folder.write("{\"A\": \"\(secret)\", \"B\": \"\(secret)\\n\"}", "value.secret")
        let level = ["--log-level", "debug"]
        var said = ""
        func say(_ arguments: [String], input: String? = nil, _ environment: [String: String] = [:]) throws {
            let result = try run(arguments + level, input: input, environment: environment)
            said += result.output + result.errors
        }
        try say(["set", "a", "--secret-key-file", old, "-o", "json"], input: secret + "\n")
        try say(["set", "b", "--secret-key-file", old, "--from-file", file])
        try say(["set", "c", "--from-env", "V"], ["V": secret, "MARTLET_SECRET_KEY": oldKey])
        try say(["set", "d", "--secret-key-file", old], input: "{\"\(secret)\": 1}")
        try say(["set", "d", "--secret-key-file", old], input: "{\(secret)")
        try say(["set", "d", "--secret-key-file", old], input: secret + "\u{0}")
        try say(["set", "d"], input: secret, ["MARTLET_SECRET_KEY": oldKey + "x"])
        try say(["set", "d", secret])
        try say(["rotate", "--secret-key-file", wrong])
        try say(["rotate", "--secret-key-file", old, "--to", new])
        for format in ["table", "json", "ndjson", "csv"] { try say(["list", "-o", format]) }
        #expect(said.contains("is not among the keys given") && said.contains("key_id"))
        var places = ["output": Data(said.utf8)]
        for name in try FileManager.default.contentsOfDirectory(atPath: home) {
            places[name] = try Data(contentsOf: URL(fileURLWithPath: home + "/" + name))
        }
        #expect(places["martlet.db"]?.range(of: Data("secrets".utf8)) != nil)
        for (place, content) in places {
            for text in [secret, oldKey, newKey, wrongKey] + encoded {
                #expect(content.range(of: Data(text.utf8)) == nil, "\(place)")
            }
        }
    }
}
