import Foundation
import MartletCore
import MartletProgram
import Testing

@testable import martlet

/// `martlet checks`.
struct CommandLineCheckTests {
    private let folder: Folder

    init() throws { folder = try Folder() }

    private func run(_ arguments: String...) throws -> Binary.Result { try Binary.run(arguments, in: folder) }

    /// Lines of CSV end with CR LF, which is one character.
    private func rows(_ result: Binary.Result) -> [Substring] { result.output.split(whereSeparator: \.isNewline) }

    static let check = """
        id: my_check
        provider: azure
        service: storage
        title: The account is called well
        severity: low
        resource-type: Microsoft.Storage/storageAccounts
        description: Names begin as they should.
        risk: Nobody knows whose it is.
        remediation: {text: Call it otherwise.}
        references: [https://example.com]
        resource: azure.storage.account
        parameters:
          prefix: {type: string, default: st, description: How names begin.}
        pass: resource.name.startsWith(param.prefix)
        messages: {fail: "{{ resource.name }} is called badly"}
        examples:
          - {name: well, kind: good, verdict: pass, resource: {"name": "sta"}}
          - {name: badly, kind: bad, verdict: fail, resource: {"name": "xsta"}}
          - {name: exactly, kind: borderline, verdict: pass, resource: {"name": "st"}}
          - {name: no name, kind: missing, verdict: error, resource: {}}

        """

    private func write(_ text: String, _ name: String = "my_check.yaml") throws -> String {
        let path = folder.path(name)
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    @Test("The program's checks are listed, shown by id and alias, and tested, without a store")
    func shipped() throws {
        let list = try JSONValue.parse(try run("checks", "list", "-o", "json").output)
        #expect((list.arrayValue?.count ?? 0) >= 67)
        let high = try run("checks", "list", "--severity", "critical", "-o", "csv")
        let rows = rows(high)
        #expect(rows[0].hasPrefix("check,provider,service,severity,origin,") && rows.count >= 2)
        #expect(rows.dropFirst().allSatisfy { $0.contains(",critical,shipped,") })
        let shown = try run("checks", "show", "az-stor-002")
        #expect(shown.output.contains("storage_secure_transfer_required_is_enabled"))
        let unknown = try run("checks", "show", "storage_secure_transfer_required_is_enabld")
        #expect(unknown.code == 1 && unknown.errors.contains("did you mean"))
        let tested = try run("checks", "test")
        #expect(tested.code == 0 && tested.errors.contains(" 0 checks failed"), "\(tested.errors)")
        #expect(!FileManager.default.fileExists(atPath: folder.path("home/martlet.db")))
    }

    @Test("The table of permissions in docs/azure.md is the one that the program writes")
    func permissions() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let document = try String(contentsOf: root.appendingPathComponent("docs/azure.md"), encoding: .utf8)
        let start = try #require(
            document.range(of: "<!-- permissions: martlet checks permissions --markdown -->\n")?.upperBound)
        let end = try #require(document.range(of: "<!-- end of permissions -->")?.lowerBound)
        let written = try run("checks", "permissions", "--markdown")
        #expect(written.code == 0 && rows(written).count > 100)
        let missing = Set(rows(written)).symmetricDifference(document[start..<end].split(separator: "\n"))
        #expect(
            String(document[start..<end]) == written.output,
            "write it anew with: martlet checks permissions --markdown; it differs in \(missing.sorted().prefix(5))")
    }

    @Test("A check of one's own: tested, added, changed, shown, removed")
    func own() throws {
        let path = try write(Self.check)
        #expect(try run("checks", "test", path).code == 0)
        let lint = try run("checks", "lint", path)
        #expect(lint.code == 0 && lint.errors.contains("0 errors, 0 warnings"), "\(lint.errors)")
        let added = try run("checks", "add", path)
        #expect(added.code == 0 && added.errors.contains("1 check added"), "\(added.errors)")
        let listed = try run("checks", "list", "--service", "storage", "-o", "csv")
        #expect(rows(listed).contains { $0.hasPrefix("my_check,azure,storage,low,tenant,") })
        #expect(try run("checks", "test").code == 0)

        let set = try run("checks", "set", "my_check", "prefix=ab")
        #expect(set.code == 0 && set.errors.contains(#"{"prefix":"ab"}"#), "\(set.errors)")
        let shown = try JSONValue.parse(try run("checks", "show", "my_check", "-o", "json").output)
        #expect(shown["parameters"]?[0]?["value"]?.stringValue == "ab")
        #expect(shown["parameters"]?[0]?["default"]?.stringValue == "st")
        let other = try run("--tenant", "second", "checks", "list", "-o", "csv")
        #expect(rows(other).count > 100 && !rows(other).contains { $0.hasPrefix("my_check,") })
        for refused in [
            ["my_check", "prefx=1"], ["my_check", "prefix"], ["none", "a=1"],
        ] {
            #expect(try Binary.run(["checks", "set"] + refused, in: folder).code != 0, "\(refused)")
        }
        #expect(try run("checks", "unset", "my_check").code == 0)
        let back = try JSONValue.parse(try run("checks", "show", "my_check", "-o", "json").output)
        #expect(back["parameters"]?[0]?["value"]?.stringValue == "st")

        #expect(try run("checks", "remove", "my_check").code == 0)
        let gone = try run("checks", "remove", "my_check")
        #expect(gone.code == 1 && gone.errors.contains("there is no check 'my_check' of your own"))
    }

    @Test("What is wrong is refused with its place, and nothing is added")
    func refused() throws {
        let good = try write(Self.check)
        for (text, place, message) in [
            (
                Self.check.replacingOccurrences(of: "severity: low", with: "severty: low"), ":5:1",
                "did you mean 'severity'?"
            ),
            (
                Self.check.replacingOccurrences(of: "resource.name.starts", with: "resurce.name.starts"), ":14:7",
                "resurce"
            ),
            (Self.check.replacingOccurrences(of: "\"xsta\"", with: "\"stx\""), ":18:5", "expected fail, got pass"),
            (
                Self.check.replacingOccurrences(of: "kind: bad", with: "kind: borderline"), "my_check.yaml",
                "no bad example"
            ),
            ("a: [", ":", "YAML"),
        ] {
            let path = try write(text, "sub_my_check.yaml".replacingOccurrences(of: "sub_", with: ""))
            let lint = try run("checks", "lint", path, "-o", "csv")
            #expect(lint.code == 1 && lint.output.contains(message), "\(lint.output)")
            let add = try run("checks", "add", path)
            #expect(add.code == 1 && add.errors.contains(message) && add.errors.contains(place), "\(add.errors)")
        }
        _ = good
        let taken = try write(
            Self.check.replacingOccurrences(of: "id: my_check", with: "id: storage_geo_redundant_enabled"),
            "storage_geo_redundant_enabled.yaml")
        #expect(try run("checks", "add", taken).errors.contains("shipped check"))
        #expect(try run("checks", "add", folder.path("nowhere")).errors.contains("no such file or folder"))
        #expect(rows(try run("checks", "list", "-o", "csv")).allSatisfy { !$0.contains(",tenant,") })
    }
}
