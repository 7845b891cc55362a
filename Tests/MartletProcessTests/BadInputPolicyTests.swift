import Foundation
import Testing

/// Frameworks, mutelists, configurations and stores that cannot be used.
struct BadInputPolicyTests {
    private let bad: BadInput

    init() throws { bad = try BadInput() }

    @Test func frameworks() throws {
        let sound = CrashScenario.threatScore
        for (name, text, other, words) in [
            ("cut", "\"Id\":\"2\"", "\u{1}", "line 5, column"),
            ("name", "\"Framework\":", "\"Other\":", "#/Framework: missing"),
            ("provider", "\"Provider\":", "\"Other\":", "#/Provider: missing"),
            ("risk", "\"LevelOfRisk\":5", "\"LevelOfRisk\":9", "#/Requirements/0/Attributes/0/LevelOfRisk: expected"),
            ("weight", "\"Weight\":10}", "\"Weight\":-1}", "#/Requirements/1/Attributes/0/Weight: expected"),
            ("large", "\"Weight\":10}", "\"Weight\":1e300}", "#/Requirements/1/Attributes/0/Weight: expected"),
            ("checks", "[\"s3_bucket_default_encryption\"]", "\"s3\"", "#/Requirements/0/Checks: expected an array"),
            ("check", "\"s3_bucket_default_encryption\"", "7", "#/Requirements/0/Checks/0: "),
            ("id", "\"Id\":\"2\"", "\"Id\":2", "#/Requirements/1/Id: expected a string"),
            ("nul", "\"Id\":\"2\"", "\"Id\":\"2\\u0000\"", "#/Requirements/1/Id: "),
            ("list", "\"Requirements\":[", "\"Requirements\":7,\"Other\":[", "#/Requirements: expected an array"),
            (
                "constraint", "\"Id\":\"2\",",
                #""Id":"2","ConfigRequirements":[{"Check":"a","ConfigKey":"k","Operator":"lte","Value":[1]}],"#,
                "#/Requirements/1/ConfigRequirements/0/Value: "
            ),
        ] {
            try #require(sound.contains(text), "\(name)")
            var document = sound.replacingOccurrences(of: text, with: other)
            if let cut = document.firstIndex(of: "\u{1}") { document = String(document[..<cut]) }
            try expectFramework(name, Data(document.utf8), words)
        }
        try expectFramework("empty", Data(), "empty")
        try expectFramework("array", Data("[1]".utf8), "expected an object, found an array")
        try expectFramework("utf8", Data("{\"Framework\":\"".utf8) + Data([0xFF]) + Data("\"}".utf8), "line 1, column")
        let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        try expectFramework("deep", Data("{\"Framework\":\(deep)}".utf8), "nested more than")
        try bad.expectFailure(["frameworks", "add", bad.store.folder.path("nowhere")], ["nowhere: No such file"])
    }

    /// `add` refuses the document and `lint` reports it as an error, with file and pointer.
    private func expectFramework(_ name: String, _ bytes: Data, _ words: String) throws {
        let file = try bad.write(bytes, name + ".json")
        try bad.expectFailure(["frameworks", "add", file], [name + ".json", words], name)
        let lint = try bad.store.run(["frameworks", "lint", file, "-o", "ndjson"])
        #expect(lint.code == 1, "\(name)")
        #expect(lint.output.contains("\"severity\":\"error\""), "\(name): \(lint.output)")
    }

    /// All files of one command or none.
    @Test func oneBadFrameworkAmongGood() throws {
        let good = try CrashScenario.writeFrameworks(bad.store.folder)
        let file = try bad.write(Data("{}".utf8), "bad.json")
        try bad.expectFailure(["frameworks", "add"] + good + [file], ["bad.json#"])
    }

    @Test func mutelists() throws {
        func expectMutelist(_ name: String, _ text: String, _ words: String...) throws {
            let file = try bad.write(Data(text.utf8), name + ".yaml")
            try bad.expectFailure(["mutelist", "apply", file], [name + ".yaml:"] + words, name)
        }
        let sound = CrashScenario.mutelist
        func changed(_ text: String, _ other: String) throws -> String {
            try #require(sound.contains(text))
            return sound.replacingOccurrences(of: text, with: other)
        }
        try expectMutelist("syntax", "Mutelist: [", "not readable as YAML")
        try expectMutelist("tab", "Mutelist:\n\tAccounts: 1\n", "2:1")
        try expectMutelist("list", "- 1\n", "1:1", "must be a mapping")
        try expectMutelist("empty", "", "must be a mapping")
        try expectMutelist("key", "Mute: {}\n", "1:1", "Mute has no meaning here")
        try expectMutelist(
            "inner", try changed("Description:", "Descripton:"), "8:11", "Descripton has no meaning here")
        try expectMutelist("type", try changed("[\"us-east-1\"]", "5"), "6:20", "Regions must be a list")
        try expectMutelist("twice", "Mutelist:\n  Accounts: {}\n  Accounts: {}\n", "3:3", "twice")
        try expectMutelist("self", "Mutelist: &a [*a]\n", "1:15")
        try expectMutelist("deep", String(repeating: "[", count: 100_000), "nested deeper than")
        try expectMutelist("several", "Mutelist:\n  Accounts: {}\n---\nx: 1\n", "3:1", "one document")
        try expectMutelist("nul", "Mutelist: a\0b", "1:12")
        let names = ["a", "b", "c", "d", "e", "f", "g", "h"]
        let bomb = zip(names, names.dropFirst()).map { name, next in
            "\(next): &\(next) [\(Array(repeating: "*\(name)", count: 9).joined(separator: ","))]"
        }
        try expectMutelist(
            "bomb", "a: &a [x,x,x,x,x,x,x,x,x]\n\(bomb.joined(separator: "\n"))\nMutelist: *h\n", "more than")
        try bad.expectFailure(["mutelist", "apply", bad.store.folder.url.path], ["directory"])
        try bad.expectFailure(["mutelist", "apply", bad.store.folder.path("nowhere")], ["nowhere: No such file"])
    }

    @Test(arguments: [
        ("aws: {", "not readable as YAML"), ("aws:\n  ? [1]\n  : 2\n", "2:5"),
        (String(repeating: "[", count: 100_000), "nested"),
        ("aws: \u{1}", ":1:"), ("aws: {a: 1, a: 2}", "twice"),
    ])
    func configurations(_ text: String, _ words: String) throws {
        let scan = try bad.write(Data(try BadInput.line(.init(uid: "arn:2", name: "two")).utf8), "scan")
        let file = try bad.write(Data(text.utf8), "c.yaml")
        try bad.expectFailure(["import", scan, "--config", file], ["c.yaml", words], String(text.prefix(20)))
    }

    /// Readable, but neither an object of sections nor a section: without a word, constraints would not count.
    @Test(arguments: ["- 1\n", "5\n", "aws: [1]\n"])
    func configurationsOfAnotherShape(_ text: String) throws {
        let scan = try bad.write(Data(try BadInput.line(.init(uid: "arn:2", name: "two")).utf8), "scan")
        let file = try bad.write(Data(text.utf8), "c.yaml")
        let result = try bad.store.run(["import", scan, "--config", file])
        #expect(result.code == 1 && result.errors.contains("c.yaml"), "\(result.errors)")
    }

    @Test func missingConfiguration() throws {
        let scan = try bad.write(Data(try BadInput.line().utf8), "scan")
        let file = bad.store.folder.path("nowhere")
        try bad.expectFailure(["import", scan, "--config", file], ["nowhere: No such file"])
    }

    @Test func stores() throws {
        let folder = bad.store.folder
        let scan = try bad.write(Data(try BadInput.line().utf8), "scan")
        let text = try bad.write(Data(String(repeating: "not a store ", count: 900).utf8), "text.db")
        let half = try Data(contentsOf: URL(fileURLWithPath: folder.path("home/martlet.db")))
        let cut = try bad.write(half.prefix(half.count / 2), "cut.db")
        for (file, words) in [(text, "text.db: "), (cut, "cut.db: "), (folder.url.path, folder.url.path + ": ")] {
            for command in [["accounts"], ["findings", "-o", "json"], ["import", scan], ["frameworks", "list"]] {
                try bad.expectFailure(command + ["--database", file], [words], command[0])
            }
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: text)).count == 10_800)
    }
}
