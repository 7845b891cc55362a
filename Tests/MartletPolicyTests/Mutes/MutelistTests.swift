import MartletCore
import MartletFormats
import MartletPolicy
import Testing

private func mutelist(_ text: String) throws -> Mutelist {
    try Mutelist(document: try YAMLReader.read(text: text, file: "m.yaml"), file: "m.yaml", owner: "o")
}

/// A document with one check, whose parts are the lines given.
private func document(_ lines: [String], check: String = "\"c\"", account: String = "\"*\"") -> String {
    "Mutelist:\n  Accounts:\n    \(account):\n      Checks:\n        \(check):\n"
        + lines.map { "          \($0)\n" }.joined()
}

private let all = ["Regions: [\"*\"]", "Resources: [\"*\"]"]

@Suite struct MutelistTests {
    @Test func wholeDocument() throws {
        let found = try mutelist(
            """
            Mutelist:
              Accounts:
                "*":
                  Checks:
                    "s3_*":
                      Regions: ["*"]
                      Resources: ["logs", "^tmp-.*$", "a|b"]
                      Description: scratch
                012345678901:
                  Checks:
                    lambda_x:
                      Regions:
                        - eu-west-1
                      Resources: ["*"]
                      Tags: ["env=dev|env=test", "team=a"]
                      Exceptions:
                        Accounts: ["1*"]
                        Regions: []
                        Resources: [keep]
                        Tags: ["k=v|k=w"]
            """)
        #expect(
            found.rules == [
                MuteRule(
                    id: "mutelist/*/s3_*", accounts: ["*"], checks: ["s3_*"], regions: ["*"],
                    resources: ["logs", "tmp-*", "a", "b"], reason: "scratch", owner: "o", origin: .mutelist),
                MuteRule(
                    id: "mutelist/012345678901/lambda_x", accounts: ["012345678901"], checks: ["awslambda_x"],
                    regions: ["eu-west-1"], resources: ["*"], tags: ["env=dev|env=test", "team=a"],
                    exceptions: MuteExceptions(accounts: ["1*"], resources: ["keep"], tags: ["k=v|k=w"]),
                    reason: Mutelist.defaultReason, owner: "o", origin: .mutelist),
            ])
        #expect(found.notes.map(\.place) == ["m.yaml:7:31", "m.yaml:7:43", "m.yaml:15:18", "m.yaml:20:20"])
        #expect(found.droppedNotes == 0)
        _ = try MuteMatcher(found.rules)
    }

    @Test(
        "Prowler's patterns as globs",
        arguments: [
            ("*", ["*"]), ("a*b", ["a*b"]), ("^a$", ["a"]), ("^a", ["a"]), ("a.*b", ["a*b"]), (".*", ["*"]),
            ("**", ["*"]),
            (".+", ["?*"]), ("a.b", ["a.b"]), ("a|^b$|c*", ["a", "b", "c*"]), ("^(a|b.*)$", ["a", "b*"]),
            ("(a)", ["a"]),
            ("a\\.b", ["a.b"]), ("a\\*b", ["a\\*b"]), ("a\\?", ["a\\?"]), ("a\\|b", ["a|b"]), ("a\\$", ["a$"]),
            ("a\\\\b", ["a\\\\b"]), ("arn:aws:s3:::a/b", ["arn:aws:s3:::a/b"]), ("\\*.*", ["\\**"]),
            ("\\[x\\]", ["[x]"]),
            ("é*", ["é*"]), ("012", ["012"]),
        ])
    func translations(item: String, globs: [String]) throws {
        let yaml = item.replacing("'", with: "''")
        let found = try mutelist(document(["Regions: ['*']", "Resources: ['\(yaml)']"]))
        #expect(found.rules.map(\.resources) == [globs])
        #expect(found.notes.isEmpty == (globs == [item]))
        _ = try MuteMatcher(found.rules)
    }

    @Test(
        "What a glob cannot say is refused, with its place",
        arguments: [
            "a[0-9]", "a{2}", "(a|b)c", "a+", "colou?r", "a\\d", "a\\w*", "a^b", "a$b", "a\\", "a||b", "", "|", "^$",
            "x\\1",
        ])
    func refusals(item: String) {
        let error = #expect(throws: MartletError.self) {
            try mutelist(document(["Regions: ['*']", "Resources: ['x', '\(item)']"]))
        }
        #expect(error?.place == "m.yaml:7:28")
        #expect(error?.code == .invalidInput)
    }

    @Test func barsInTags() throws {
        let found = try mutelist(document(all + ["Tags: ['k=a\\|b|k=c', 'nope']"]))
        #expect(found.rules.map(\.tags) == [["k=a\\|b|k=c", "nope"]])
        #expect(found.notes.map(\.place) == ["m.yaml:8:18", "m.yaml:8:32"])
        var matcher = try MuteMatcher([MuteRule(id: "1", tags: [found.rules[0].tags[0]], reason: "r")])
        for (value, expected) in [("a|b", true), ("c", true), ("a", false), ("b", false)] {
            let rule = matcher.match(
                check: "c", regions: [], resourceUID: "", resourceName: "", tags: [Tag(key: "k", value: value)],
                account: "1", now: Timestamp(milliseconds: 0))
            #expect((rule != nil) == expected)
        }
    }

    @Test(
        "Documents that are not mutelists",
        arguments: [
            ("", "m.yaml:1:1"), ("a: 1\n", "m.yaml:1:1"), ("Mutelist: 1\n", "m.yaml:1:11"),
            ("Mutelist:\n  Accounts: []\n", "m.yaml:2:13"),
            ("Mutelist: {Accounts: {a*: {Checks: {}}}}\n", "m.yaml:1:23"),
            ("Mutelist: {}\n", "m.yaml:1:11"), ("Mutelist: {Accounts: {a: {Czechs: {}}}}\n", "m.yaml:1:27"),
            (document(["Regions: ['*']"]), "m.yaml:5:9"), (document(all + ["Colour: red"]), "m.yaml:8:11"),
            (document(all + ["Tags: k=v"]), "m.yaml:8:17"), (document(all + ["Tags: [[a]]"]), "m.yaml:8:18"),
            (document(["Regions: []", "Resources: ['*']"]), "m.yaml:6:11"),
            (document(all + ["Exceptions: {Checks: [a]}"]), "m.yaml:8:24"),
            (document(all + ["Description: [a]"]), "m.yaml:8:24"), (document(all, check: "\"[a]\""), "m.yaml:5:9"),
            (document(["Regions: ['*']", "Resources: [null]"]), "m.yaml:7:23"),
        ])
    func notMutelists(text: String, place: String) {
        let error = #expect(throws: MartletError.self) { try mutelist(text) }
        #expect(error?.place == place)
    }

    @Test func emptyPartsThatMeanNothing() throws {
        let found = try mutelist(document(all + ["Tags:", "Exceptions:", "Description:"]))
        #expect(found.rules.map(\.tags) == [[]])
        #expect(found.rules.map(\.exceptions.isEmpty) == [true])
        #expect(found.rules.map(\.reason) == [Mutelist.defaultReason])
    }

    @Test func notesAreCapped() throws {
        let items = Array(repeating: "'^a'", count: 1_500).joined(separator: ", ")
        let found = try mutelist(document(["Regions: ['*']", "Resources: [\(items)]"]))
        #expect(found.notes.count == Mutelist.maximumNotes)
        #expect(found.droppedNotes == 500)
        #expect(found.exactItems == 1_501)
    }

    @Test func theOrderOfKeysDoesNotMatter() throws {
        let parts = [
            "\"*\": {Regions: ['*'], Resources: ['*'], Exceptions: {Resources: [keep]}}",
            "\"c\": {Regions: ['*'], Resources: ['k*']}",
        ]
        for order in [parts, parts.reversed()] {
            let text = "Mutelist:\n  Accounts:\n    \"1\":\n      Checks:\n" + order.map { "        \($0)\n" }.joined()
            var matcher = try MuteMatcher(try mutelist(text).rules)
            let rule = matcher.match(
                check: "c", regions: [], resourceUID: "keep", resourceName: "", tags: [], account: "1",
                now: Timestamp(milliseconds: 0))
            #expect(rule?.id == "mutelist/1/c")
        }
    }
}
