import Glibc
import MartletCELConformance
import MartletCore
import Testing

@Suite("CEL conformance")
struct ConformanceTests {
    private static func check(_ files: [ConformanceFile]) -> Int {
        var passed = 0
        for file in files {
            for test in file.tests {
                switch test.run() {
                case .passed: passed += 1
                case .failed(let reason): Issue.record("\(file.name) \(test.name): \(test.expression): \(reason)")
                }
            }
        }
        return passed
    }

    @Test("our own tests in the form of the official ones")
    func own() throws {
        let text = """
            {"name": "own", "section": [{"name": "forms", "test": [
              {"name": "int", "expr": "x + 1", "value": {"int64_value": "3"},
               "type_env": [{"name": "x", "ident": {"type": {"primitive": "INT64"}}}],
               "bindings": {"x": {"value": {"int64_value": "2"}}}},
              {"name": "true", "expr": "1 < 2"},
              {"name": "uint", "expr": "1u", "value": {"uint64_value": "1"}},
              {"name": "double", "expr": "1.0 / 0.0", "value": {"double_value": "Infinity"}},
              {"name": "nan", "expr": "0.0 / 0.0", "value": {"double_value": "NaN"}},
              {"name": "bytes", "expr": "b'hi'", "value": {"bytes_value": "aGk="}},
              {"name": "map", "expr": "{'k': [null, true]}", "value": {"map_value": {"entries": [{"key":
               {"string_value": "k"}, "value": {"list_value": {"values": [{"null_value": null}, {"bool_value": true}]}}}]}}},
              {"name": "type", "expr": "type(1)", "value": {"type_value": "int"}},
              {"name": "duration", "expr": "d", "value": {"object_value":
               {"@type": "type.googleapis.com/google.protobuf.Duration", "value": "1.5s"}}, "bindings": {"d": {"value":
               {"object_value": {"@type": "type.googleapis.com/google.protobuf.Duration", "value": "1.5s"}}}}},
              {"name": "error", "expr": "1 / 0", "eval_error": {"errors": [{"message": "any"}]}},
              {"name": "not declared", "expr": "nothing || true", "disable_check": true, "value": {"bool_value": true}}]}]}
            """
        let file = try ConformanceFile(bytes: Array(text.utf8), name: "own.json")
        #expect(Self.check([file]) == 11)
    }

    @Test(
        "a test that is not met is seen",
        arguments: [
            #"{"expr": "1", "value": {"uint64_value": "1"}}"#, #"{"expr": "1", "value": {"int64_value": "2"}}"#,
            #"{"expr": "1.0", "value": {"int64_value": "1"}}"#, #"{"expr": "1", "eval_error": {}}"#,
            #"{"expr": "1 / 0", "value": {"int64_value": "1"}}"#, #"{"expr": "false"}"#,
            #"{"expr": "[1]", "value": {"list_value": {"values": [{"int64_value": "2"}]}}}"#,
            #"{"expr": "-0.0", "value": {"double_value": 0.0}}"#,
            #"{"expr": "1", "value": {"strange_value": 1}}"#, #"{"expr": "1", "typed_result": {}}"#,
            #"{"expr": "1 +", "value": {"int64_value": "1"}}"#,
        ])
    func notMet(test: String) throws {
        let file = try ConformanceFile(bytes: Array("{\"tests\": [\(test)]}".utf8), name: "f")
        #expect(file.tests.count == 1 && file.tests.allSatisfy { $0.run() != .passed })
    }

    /// The folder with the official tests.
    private static let folder = getenv("MARTLET_CEL_CONFORMANCE").map { String(cString: $0) }

    /// Those that docs/cel.md lists: messages of protocol buffers, and bytes with a backslash too many.
    private static let excused: Set = [
        "whitespace/spaces", "whitespace/tabs", "whitespace/new_lines", "whitespace/new_pages",
        "whitespace/carriage_returns", "comments/new_line_terminated",
        "bytes_literals/triple_single_quoted_unescaped_punctuation",
        "bytes_literals/triple_double_quoted_unescaped_punctuation",
    ]

    /// What became of tests: how many there were, how many passed, and the names of the others, `FILE SECTION/NAME`.
    private struct Tally: Equatable {
        var run = 0
        var passed = 0
        var failed: Set<String> = []

        init(run: Int, passed: Int, failed: Set<String>) {
            (self.run, self.passed, self.failed) = (run, passed, failed)
        }

        init(_ files: [ConformanceFile]) {
            for file in files {
                // Whatever the folder calls its files, with or without an ending.
                let name = file.name.split(separator: ".").first ?? ""
                for test in file.tests {
                    run += 1
                    if test.run() == .passed { passed += 1 } else { failed.insert("\(name) \(test.name)") }
                }
            }
        }
    }

    /// A test that is missing must be as wrong as one that fails.
    @Test("the tally counts what ran and what passed, and names the others")
    func tally() throws {
        let text = """
            {"tests": [{"section": "a", "name": "x", "expr": "true"}, {"section": "a", "name": "y", "expr": "false"}]}
            """
        let file = try ConformanceFile(bytes: Array(text.utf8), name: "f.json")
        #expect(Tally([file, file]) == Tally(run: 4, passed: 2, failed: ["f a/y"]))
        #expect(Tally([]) == Tally(run: 0, passed: 0, failed: []))
    }

    @Test(
        "of the 1,685 official tests in the folder that MARTLET_CEL_CONFORMANCE names, all but eight pass",
        .enabled(if: folder != nil, "MARTLET_CEL_CONFORMANCE names no folder with the official tests"))
    func official() throws {
        let tally = Tally(try ConformanceFile.all(in: try #require(Self.folder)))
        #expect(tally.run == 1_685)
        #expect(tally.passed == 1_677)
        #expect(tally.failed == Set(Self.excused.map { "parse " + $0 }))
    }
}
