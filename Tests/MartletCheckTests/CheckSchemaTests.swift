import Foundation
import MartletCore
import MartletData
import MartletFormats
import MartletPolicy
import Testing

@Suite("docs/checks.schema.json")
struct CheckSchemaTests {
    private func schema() throws -> JSONSchema {
        var url = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { url.deleteLastPathComponent() }
        let text = try String(contentsOf: url.appendingPathComponent("docs/checks.schema.json"), encoding: .utf8)
        return JSONSchema(root: try JSONValue.parse(text))
    }

    private func document(_ text: String) throws -> JSONValue {
        try YAMLReader.read(text: text, file: "x").json(file: "x")
    }

    @Test("Accepts every shipped check")
    func acceptsShipped() throws {
        let schema = try schema()
        for file in MartletData.checks() {
            let problems = schema.problems(try document(file.text))
            #expect(problems.isEmpty, "\(file.path): \(problems)")
        }
    }

    @Test(
        "Agrees with the reader on what is a check",
        arguments: [
            ("pass: true", true), ("fail: [{if: 'true', message: m, severity: low}]", true), ("", false),
            ("pass: true\nfail: [{if: 'true'}]", false), ("pass: true\nbogus: 1", false), ("pass: 1", false),
            ("pass: true\nseverty: high", false), ("fail: [{message: m}]", false),
            ("fail: [{if: 'true', severity: bad}]", false), ("pass: true\nneeds: [a, a]", false),
            ("pass: true\nwith: {a: {collector: c, index: x, group: y}}", false),
            ("pass: true\nwith: {a: {collector: c, index: x}}", true),
            ("pass: true\nwith: {1a: {collector: c}}", false),
            ("pass: true\nlet: {a: '1'}", true), ("pass: true\nlet: {a-b: '1'}", false),
            ("pass: true\neach: {in: '[1]'}", false), ("pass: true\neach: {in: '[1]', as: x}", true),
            ("pass: true\nparameters: {d: {type: int, default: 1, description: x}}", true),
            ("pass: true\nparameters: {d: {type: integer, default: 1, description: x}}", false),
            ("pass: true\nexamples: [{name: a, kind: good, verdict: pass, resource: {}}]", true),
            ("pass: true\nexamples: [{name: a, kind: good, verdict: pass}]", false),
            ("pass: true\nexamples: [{name: a, kind: nice, verdict: pass, resource: {}}]", false),
            ("pass: true\nmessages: {pass: m, warn: m}", false), ("pass: true\nreport: {id: '\"x\"'}", true),
        ])
    func agreesWithReader(rest: String, isCheck: Bool) throws {
        let problems = try schema().problems(try document(CheckTexts.text(rest)))
        #expect(problems.isEmpty == isCheck, "\(problems)")
        let isRead = (try? CheckTexts.read(rest)) != nil
        #expect(isRead == isCheck)
    }

    @Test("Its fields are those the reader knows")
    func sameFields() throws {
        let fields = try schema().root["properties"]?.objectValue?.map(\.key) ?? []
        for field in fields {
            let error = #expect(throws: MartletError.self) { try CheckTexts.read("pass: true\n\(field)x: 1") }
            #expect(error?.message.contains("no field '\(field)x'") == true, "\(field)")
        }
        #expect(fields.count == 26)
    }
}
