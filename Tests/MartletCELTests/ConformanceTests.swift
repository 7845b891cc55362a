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

    @Test(
        "the official tests of the folder that MARTLET_CEL_CONFORMANCE names",
        .enabled(if: folder != nil, "MARTLET_CEL_CONFORMANCE names no folder with the official tests"))
    func official() throws {
        let files = try ConformanceFile.all(in: try #require(Self.folder))
        let failed = files.flatMap { file in
            file.tests.compactMap { test -> String? in
                if case .failed(let reason) = test.run() { "\(file.name) \(test.name): \(reason)" } else { nil }
            }
        }
        // Those that docs/cel.md lists: messages of protocol buffers, and bytes with a backslash too many.
        let listed = [
            "parse.json whitespace/", "parse.json comments/",
            "parse.json bytes_literals/triple_single_quoted_unescaped_",
            "parse.json bytes_literals/triple_double_quoted_unescaped_",
        ]
        let unexpected = failed.filter { failure in !listed.contains { failure.hasPrefix($0) } }
        #expect(unexpected == [])
    }
}
