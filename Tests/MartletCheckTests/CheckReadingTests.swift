import MartletCore
import MartletFormats
import MartletPolicy
import Testing

@Suite("Reading a check's file")
struct CheckReadingTests {
    @Test(
        "Errors name file, line, column and field",
        arguments: [
            ("pass: true\nseverty: low", "my.yaml:12:1", "did you mean 'severity'?"),
            ("pass: 1", "my.yaml:11:7", "pass: expected text, found a number"),
            ("fail:\n  - {if: 'true', severity: bad}", "my.yaml:12:28", "severity: expected one of informational"),
            ("pass: true\nfail: [{if: 'true'}]", "my.yaml:12:7", "either 'pass' or 'fail'"),
            ("needs: []", "my.yaml:1:1", "lacks the field 'pass' or 'fail'"),
            ("pass: true\nmessages: {fail: 'x {{ 1'}", "my.yaml:12:18", "does not end with }}"),
            ("pass: true\nmessages: {fail: 'x {{ }}'}", "my.yaml:12:18", "nothing stands between"),
            ("pass: true\nlet: {now: '1'}", "my.yaml:12:7", "'now' is the name of another variable"),
            ("pass: true\neach: {in: '[1]', as: data}", "my.yaml:12:23", "no free name"),
            ("pass: true\nwith: {a: {collector: c, index: a..b}}", "my.yaml:12:33", "keys joined by dots"),
            (
                "pass: true\nparameters: {d: {type: int, default: 0, minimum: 1, description: x}}", "my.yaml:12:38",
                "takes at least 1, not 0"
            ),
            (
                "pass: true\nparameters: {d: {type: int, default: x, description: x}}", "my.yaml:12:38",
                "takes a whole number"
            ),
            (
                "pass: true\nexamples: [{name: a, kind: bad, verdict: pass, resource: {}}]", "my.yaml:12:42",
                "a bad example fails"
            ),
            (
                "pass: true\nexamples: [{name: a, kind: missing, verdict: pass, like: b}]", "my.yaml:12:58",
                "no example before this one is called 'b'"
            ),
            (
                "pass: true\nneeds: [logs]\nexamples: [{name: a, kind: good, verdict: pass, resource: {}, child: {lgs: 1}}]",
                "my.yaml:13:71", "did you mean 'logs'?"
            ),
            (
                "pass: true\nexamples: [{name: a, kind: good, verdict: pass}]", "my.yaml:12:12",
                "lacks the field 'resource'"
            ),
        ])
    func errorsNameThePlace(rest: String, place: String, message: String) {
        let error = #expect(throws: MartletError.self) { try CheckTexts.read(rest) }
        #expect(error?.place == place)
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }

    @Test("An example takes over what it is like, member by member")
    func exampleLikeAnother() throws {
        let check = try CheckTexts.read(
            """
            pass: true
            needs: [c]
            examples:
              - {name: a, kind: good, verdict: pass, resource: {"p": {"x": 1, "y": [1, 2]}}, child: {c: {"z": 1}}, now: 2026-02-03T00:00:00Z}
              - {name: b, kind: missing, verdict: pass, like: a, resource: {"p": {"x": null, "y": [3]}, "q": {"r": null}}}
              - {name: c, kind: missing, verdict: pass, like: b, child: {c: null}}
            """)
        #expect(check.examples[1].resource.text == #"{"p":{"y":[3]},"q":{}}"#)
        #expect(check.examples[1].child["c"]?.text == #"{"z":1}"#)
        #expect(check.examples[1].now == Timestamp(rfc3339: "2026-02-03T00:00:00Z"))
        #expect(check.examples[2].child["c"] == .null)
    }

    @Test("A check may be a folder with examples beside it")
    func folder() throws {
        let files = CheckFiles([
            CheckText(path: "d/my_check/check.yaml", text: CheckTexts.text("pass: resource.a")),
            CheckText(
                path: "d/my_check/2.yaml",
                text: "{name: two, kind: bad, verdict: fail, like: one, resource: {a: false}}"),
            CheckText(path: "d/my_check/1.yaml", text: "{name: one, kind: good, verdict: pass, resource: {a: true}}"),
        ])
        #expect(files.errors.isEmpty, "\(files.errors)")
        #expect(files.checks.first?.examples.map(\.name) == ["one", "two"])
        #expect(try CheckProof(try #require(files.checks.first)).problems.isEmpty)
    }

    @Test("A file is called after its check, and an id is used once")
    func names() {
        let text = CheckTexts.text("pass: true")
        let wrong = CheckFiles([CheckText(path: "other.yaml", text: text)])
        #expect(wrong.errors.first?.message.contains("'my_check'") == true && wrong.checks.isEmpty)
        let twice = CheckFiles([
            CheckText(path: "a/my_check.yaml", text: text), CheckText(path: "b/my_check.yaml", text: text),
        ])
        #expect(twice.checks.count == 1 && twice.errors.first?.place == "b/my_check.yaml")
    }
}
