import Foundation
import MartletCore
import MartletGenerator
import MartletLoopback
import MartletProgram
import Testing

/// `score`, `priorities`, `remediate` and `cbom` of the built program.
struct CommandLineViewTests {
    private let folder: Folder

    init() throws { folder = try Folder() }

    @discardableResult private func run(_ arguments: String...) throws -> String {
        let result = try Binary.run(arguments, in: folder)
        #expect(result.code == 0, "\(arguments): \(result.errors)")
        return result.output
    }

    private func importVaried() throws {
        let file = try folder.write(try CommandLineScan.varied.ndjson(), "scan.ocsf.ndjson")
        let result = try Binary.run(["import", file, "-q"], in: folder)
        try #require(result.code == 0, "\(result.errors)")
    }

    /// Every format says the same of every row.
    private func rows(_ arguments: [String], columns: Int) throws -> [JSONValue] {
        let lines = try Binary.run(arguments + ["-o", "ndjson"], in: folder).lines.map { try JSONValue.parse($0) }
        #expect(try JSONValue.parse(try Binary.run(arguments + ["-o", "json"], in: folder).output) == .array(lines))
        let csv = try Binary.run(arguments + ["-o", "csv"], in: folder).output.components(separatedBy: "\r\n")
        #expect(csv.count == lines.count + 2 && csv[0].components(separatedBy: ",").count == columns)
        #expect(!(try Binary.run(arguments + ["-o", "table"], in: folder).output.isEmpty))
        return lines
    }

    /// FAIL: critical 1, high 1, medium 1 of everything that is not muted or MANUAL; PASS: low 1.
    @Test func score() throws {
        try importVaried()
        let rows = try rows(["score"], columns: 18)
        try #require(rows.count == 2)
        #expect(rows[1]["account"] == .null)
        // Of 20 + 10 + 5 + 2 only the low one passes: 2 of 37.
        #expect(rows[0]["score"]?.doubleValue == 5.4 && rows[1]["score"]?.doubleValue == 5.4, "\(rows)")
        #expect(rows[0]["state"]?.stringValue == "scored" && rows[0]["evaluated_percent"]?.doubleValue == 100)
        #expect(rows[0]["severities"]?["critical"]?["failed"]?.intValue == 1)
        let scan = try #require(rows[0]["scan"]?.stringValue)
        #expect(try JSONValue.parse(try run("score", "--at", scan, "-o", "json"))[0]?["score"]?.doubleValue == 5.4)
        #expect(try Binary.run(["score", "--account", "nobody"], in: folder).code == 1)
    }

    @Test func withoutAScanThereIsNoScore() throws {
        try run("database", "migrate")
        let rows = try rows(["score"], columns: 18)
        try #require(rows.count == 1)
        #expect(rows[0]["score"] == .null && rows[0]["state"]?.stringValue == "no_scan")
        #expect(try run("score").contains("no_scan"))
        #expect(try run("priorities").contains("nothing fails"))
        #expect(try run("remediate").contains("nothing to put right"))
        #expect(try JSONValue.parse(try run("cbom"))["components"] == .array([]))
    }

    @Test func priorities() throws {
        try importVaried()
        let rows = try rows(["priorities"], columns: 21)
        #expect(
            rows.compactMap { $0["check"]?.stringValue } == [
                "iam_root_mfa_enabled", "s3_bucket_default_encryption", "ec2_instance_public_ip",
            ])
        try #require(rows.count == 3)
        for (row, priority) in zip(rows, [20, 10, 5] as [Int64]) {
            #expect(row["priority"]?.intValue == priority && row["affected_resources"]?.intValue == 1)
            #expect(row["effort"]?.stringValue == "medium" && row["effort_points"]?["total"]?.intValue == 3)
        }
        #expect(rows[0]["explanation"]?.stringValue == "critical 20 × (1 affected + 0 exposed) = 20")
        #expect(try run("priorities", "-n", "1", "-o", "ndjson").split(separator: "\n").count == 1)
    }

    @Test func remediations() throws {
        var scan = CommandLineScan.varied
        scan.statements[0].name = "two\nlines\u{1B}[31m"
        let file = try folder.write(try scan.ndjson(), "scan.ocsf.ndjson")
        try run("import", file, "-q")
        let rows = try rows(["remediate"], columns: 15)
        #expect(rows.count == 3 && rows.allSatisfy { $0["origin"]?.stringValue == "source" })
        #expect(rows.allSatisfy { $0["text"]?.stringValue == "Do it" && $0["command"] == .null })
        let text = try run("remediate")
        #expect(!text.contains("\u{1B}") && text.contains("Do it"))
        #expect(try run("remediate", "--check", "ec2_*", "-o", "ndjson").split(separator: "\n").count == 1)
        let first = try Binary.run(["remediate", "-n", "1", "-o", "ndjson"], in: folder)
        let cursor = try #require(first.errors.split(separator: " ").last).trimmingCharacters(in: .newlines)
        let rest = try run("remediate", "--after", cursor, "-o", "ndjson")
        #expect(
            try first.lines.map { try JSONValue.parse($0) }
                + rest.split(separator: "\n").map { try JSONValue.parse(String($0)) } == rows)
    }

    /// A vault whose keys and certificates are answered as Azure answers; everything else is the generated estate.
    private static func vault(_ request: LoopbackRequest) -> LoopbackAnswer? {
        let modulus = String(repeating: "_", count: 341) + "w"
        let base = "https://kv0.vault.azure.net"
        switch request.path {
        case "/kv0.vault.azure.net/keys":
            return .json(
                #"{"value":[{"kid":"\#(base)/keys/rsa","attributes":{"enabled":true,"created":1700000000,"exp":1900000000}},{"kid":"\#(base)/keys/ec","attributes":{"enabled":false}}],"nextLink":null}"#
            )
        case "/kv0.vault.azure.net/keys/rsa":
            return .json(#"{"key":{"kid":"\#(base)/keys/rsa/1","kty":"RSA","n":"\#(modulus)","e":"AQAB"}}"#)
        case "/kv0.vault.azure.net/keys/ec":
            return .json(#"{"key":{"kid":"\#(base)/keys/ec/1","kty":"EC-HSM","crv":"P-384"}}"#)
        case "/kv0.vault.azure.net/certificates":
            return .json(
                #"{"value":[{"id":"\#(base)/certificates/web","attributes":{"enabled":true}}],"nextLink":null}"#)
        case "/kv0.vault.azure.net/certificates/web/policy":
            return .json(
                #"{"key_props":{"kty":"RSA","key_size":4096},"x509_props":{"subject":"CN=web.example"},"issuer":{"name":"Self"}}"#
            )
        case let path where path.hasPrefix("/kv0.vault.azure.net/keys/"): return .json("{}", status: 404)
        case let path where path.hasPrefix("/kv1.vault.azure.net/keys"):
            return .json(#"{"error":{"code":"Forbidden","message":"no"}}"#, status: 403)
        default: return nil
        }
    }

    @Test func cryptographyOfAScan() throws {
        let estate = AzureEstate(size: 12)
        let server = try LoopbackServer { request in
            if let special = Self.vault(request) { return special }
            let rest = request.target.dropFirst()
            let host = rest.prefix { $0 != "/" }
            let base = "http://\(request.headers["host"] ?? "")/\(host)"
            return .json(estate.answer(host: String(host), target: String(rest.dropFirst(host.count)), base: base))
        }
        defer { server.stop() }
        let map = try folder.write(#"{"*":"\#(server.url)/{host}"}"#, "map.json")
        let scan = try Binary.run(
            ["scan", "azure", "--subscription", AzureEstate.subscription, "--endpoint-map", map, "-q"],
            environment: ["AZURE_ACCESS_TOKEN": "t"], in: folder)
        #expect(scan.code == 0, "\(scan.errors)")
        let document = try JSONValue.parse(try run("cbom"))
        #expect(document["specVersion"]?.stringValue == "1.6")
        #expect(document == (try JSONValue.parse(try run("cbom", "-o", "cyclonedx"))))
        let components = document["components"]?.arrayValue ?? []
        func crypto(_ name: String) -> JSONValue? {
            components.first { $0["name"]?.stringValue == name }?["cryptoProperties"]
        }
        let rsa = crypto("rsa")?["relatedCryptoMaterialProperties"]
        #expect(rsa?["algorithmRef"]?.stringValue == "algorithm:RSA-2048" && rsa?["size"]?.intValue == 2048)
        #expect(rsa?["expirationDate"]?.stringValue == "2030-03-17T17:46:40.000Z")
        let ec = crypto("ec")?["relatedCryptoMaterialProperties"]
        #expect(ec?["algorithmRef"]?.stringValue == "algorithm:EC-P-384" && ec?["state"]?.stringValue == "suspended")
        let web = crypto("web")?["certificateProperties"]
        #expect(web?["subjectPublicKeyRef"]?.stringValue == "algorithm:RSA-4096")
        #expect(web?["subjectName"]?.stringValue == "CN=web.example")
        #expect(crypto("st0")?["protocolProperties"]?["version"]?.stringValue == "1.2")
        #expect(document["compositions"]?[0]?["aggregate"]?.stringValue == "incomplete")
        #expect(document["properties"]?.text.contains("keyvault_key_quantum_safe: denied") == true)
        let rows = try rows(["cbom"], columns: 16)
        #expect(rows.count == 12 + 3)
        #expect(rows.count { $0["readiness"]?.stringValue == "vulnerable" } == 15)
        // The same scan gives commands with the resources' own names, and a score that the denied vault lowers.
        let bad = try listed("remediate", "--check", "storage_blob_public_access_level_is_disabled")
        #expect(
            bad.first?["command"]?.stringValue?.hasPrefix("az storage account update --ids /subscriptions/") == true)
        #expect(bad.allSatisfy { $0["command_filled"]?.boolValue == true })
        let score = try #require(try listed("score").first)
        #expect((score["evaluated_percent"]?.doubleValue ?? 100) < 100)
        #expect(try listed("priorities").contains { ($0["exposed_resources"]?.intValue ?? 0) > 0 })
    }

    private func listed(_ arguments: String...) throws -> [JSONValue] {
        try Binary.run(arguments + ["-o", "ndjson"], in: folder).lines.map { try JSONValue.parse($0) }
    }
}
