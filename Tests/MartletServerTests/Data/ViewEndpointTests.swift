import MartletCore
import MartletFormats
import MartletHTTPServer
import MartletPolicy
import MartletStore
import Testing

@testable import MartletEngine
@testable import MartletServer

@Suite("API: score, priorities, remediations and the bill of cryptography")
struct ViewEndpointTests {
    /// The score of findings as a naive reader of the formula computes it, in tenths; all checks could look.
    private func naiveScore(_ findings: [FindingObservation]) -> Int64 {
        let weights: [Severity: Double] = [.critical: 20, .high: 10, .medium: 5, .low: 2]
        var (sum, total) = (0.0, 0.0)
        for (severity, weight) in weights {
            let mine = findings.filter { $0.severity == severity && $0.status != .manual }
            guard !mine.isEmpty else { continue }
            total += weight
            sum += weight * Double(mine.count { $0.status == .pass }) / Double(mine.count)
        }
        return Int64(1000 * sum / total + 1e-6)
    }

    @Test("scores of accounts, and together, are those of the input", arguments: ServerStore.allCases)
    func scores(place: ServerStore) async throws {
        try await APIFixture.with(place) { api in
            let nothing = try await api.ask(.get, "/overviews/security-score")
            #expect(nothing.attribute("score") == .null && nothing.attribute("state")?.stringValue == "no_scan")
            #expect(try await api.ask(.get, "/security-scores").data == .array([]))
        }
        try await DataFixture.with(place) { data in
            func tenths(_ value: JSONValue?) -> Int64? { value?.doubleValue.map { Int64(($0 * 10).rounded()) } }
            let all = try await data.api.ask(.get, "/overviews/security-score")
            #expect(tenths(all.attribute("score")) == naiveScore(data.all))
            #expect(all.attribute("evaluated_percent")?.doubleValue == 100 && all.attribute("accounts")?.intValue == 2)
            let critical = all.attribute("severities")?["critical"]
            #expect(
                critical?["failed"]?.intValue
                    == Int64(data.all.count { $0.severity == .critical && $0.status == .fail }))
            let rows = try await data.api.ask(.get, "/security-scores").data.arrayValue ?? []
            try #require(rows.count == 2)
            for (row, findings) in zip(
                rows, [data.findings(of: data.first, count: 60), data.findings(of: data.second, count: 25)])
            {
                #expect(row["attributes"]?["provider_uid"]?.stringValue == findings[0].account.uid)
                #expect(tenths(row["attributes"]?["score"]) == naiveScore(findings))
            }
            // A later scan in which nothing fails; the earlier one stays as it was.
            let earlier = try #require(rows[1]["relationships"]?["scan"]?["data"]?["id"]?.stringValue)
            try await data.scan(
                data.findings(of: data.second, count: 25).map { finding in
                    var finding = finding
                    finding.status = .pass
                    return finding
                }, at: 1_800_000_200_000)
            let azure = "/overviews/security-score?filter%5Bprovider_type%5D=azure"
            #expect(tenths(try await data.api.ask(.get, azure).attribute("score")) == 1000)
            let past = try await data.api.ask(.get, "/overviews/security-score?filter%5Bscan%5D=\(earlier)")
            #expect(tenths(past.attribute("score")) == naiveScore(data.findings(of: data.second, count: 25)))
        }
    }

    /// A check that was denied takes its part of the score, whatever passed.
    @Test("what could not be looked at is no pass", arguments: ServerStore.allCases)
    func denied(place: ServerStore) async throws {
        try await APIFixture.with(place) { api in
            let account = AccountKey(provider: try #require(Provider(name: "azure")), uid: "denied")
            let finding = FindingObservation(
                account: account, check: CheckMetadata(check: "looked", service: "s", title: "t", document: "{}"),
                regions: ["uksouth"], resource: ResourceObservation(uid: "u"), discriminator: "", status: .pass,
                severity: .high, muted: false, detail: "", observedAt: Timestamp(milliseconds: 1_800_000_000_000))
            let source = ListedSource(
                [finding],
                coverage: [
                    CoverageStatement(account: account, check: "looked", region: "uksouth", state: .evaluated),
                    CoverageStatement(
                        account: account, check: "keyvault_key_quantum_safe", region: nil, state: .denied,
                        gap: CoverageGap(call: "list", permission: "p", message: "no")),
                    CoverageStatement(account: account, check: "empty", region: "uksouth", state: .noResources),
                ])
            _ = try await Importer(store: api.store).run(source: source, origin: "test", options: ImportOptions())
            let score = try await api.ask(.get, "/overviews/security-score")
            #expect(score.attribute("score")?.doubleValue == 50, "\(score.text)")
            #expect(score.attribute("evaluated_percent")?.doubleValue == 50)
            #expect(score.attribute("checks")?.intValue == 2 && score.attribute("checks_with_gaps")?.intValue == 1)
            #expect(try await api.ask(.get, "/api/score").json == .int(50))
            let cbom = try await bill(api)
            #expect(cbom["compositions"]?[0]?["aggregate"]?.stringValue == "incomplete")
            #expect(
                cbom["properties"]?[0]?["value"]?.stringValue
                    == "azure/denied keyvault_key_quantum_safe: denied")
        }
    }

    @Test("priorities are those of a naive count, muted findings left out", arguments: ServerStore.allCases)
    func priorities(place: ServerStore) async throws {
        try await DataFixture.with(place) { data in
            try await compare(data, data.all)
            // One exposing FAIL is muted: it exposes nothing any more.
            let failed = data.all.filter { $0.status == .fail && $0.check.check == "check_0" }
            let victim = try #require(failed.first)
            let id = try #require(
                try await data.api.ask(
                    .get, "/findings?filter%5Bstatus%5D=FAIL&filter%5Bcheck_id%5D=check_0&filter%5Bprovider_type%5D=aws"
                ).data.arrayValue?.first { $0["attributes"]?["status_extended"]?.stringValue == victim.detail }?["id"]?
                .stringValue)
            let made = try await data.api.ask(
                .post, "/mute-rules",
                APIFixture.document(
                    "mute-rules",
                    [
                        ("name", .string("one")), ("reason", .string("why")),
                        ("finding_ids", .array([.string(id)])),
                    ]))
            #expect(made.status == 201, "\(made.text)")
            try await compare(data, data.all.filter { $0.detail != victim.detail || $0.account != victim.account })
            let remedies = try await data.api.ask(.get, "/remediations?page%5Bsize%5D=1000").ids
            #expect(remedies.count == data.all.count { $0.status == .fail } - 1 && !remedies.contains(id))
            let page = try await data.api.ask(.get, "/priorities?page%5Bsize%5D=2&page%5Bnumber%5D=2")
            #expect(page.ids.count == 2 && page.data[0]?["attributes"]?["rank"]?.intValue == 3)
        }
    }

    private func compare(_ data: DataFixture, _ findings: [FindingObservation]) async throws {
        func name(_ finding: FindingObservation) -> String { "\(finding.account) \(finding.resource.uid)" }
        let failing = findings.filter { $0.status == .fail }
        let exposed = Set(failing.filter { $0.check.check == "check_0" }.map(name))
        let answer = try await data.api.ask(.get, "/priorities?page%5Bsize%5D=100")
        let rows = answer.data.arrayValue ?? []
        let checks = Set(failing.map(\.check.check))
        #expect(Set(answer.ids) == checks)
        var last = Int64.max
        for (place, row) in rows.enumerated() {
            let attributes = row["attributes"]
            let mine = failing.filter { $0.check.check == row["id"]?.stringValue }
            let affected = Set(mine.map(name))
            let weights: [Severity: Int64] = [.critical: 20, .high: 10, .medium: 5, .low: 2]
            let weight = weights[mine.map(\.severity).max() ?? .informational] ?? 0
            #expect(attributes?["affected_resources"]?.intValue == Int64(affected.count), "\(row.text)")
            #expect(attributes?["exposed_resources"]?.intValue == Int64(affected.intersection(exposed).count))
            let priority = weight * Int64(affected.count + affected.intersection(exposed).count)
            #expect(attributes?["priority"]?.intValue == priority && priority <= last)
            #expect(attributes?["rank"]?.intValue == Int64(place + 1))
            #expect(attributes?["failed_findings"]?.intValue == Int64(mine.count))
            #expect(attributes?["accounts"]?.intValue == Int64(Set(mine.map(\.account)).count))
            #expect(attributes?["explanation"]?.stringValue?.hasSuffix("= \(priority)") == true)
            let points = attributes?["effort_points"]
            let sum = ["method", "rights", "scale"].reduce(Int64(0)) { $0 + (points?[$1]?.intValue ?? 0) }
            #expect(points?["total"]?.intValue == sum && sum > 0)
            last = priority
        }
    }

    private func azure(
        _ check: String, _ resource: ResourceObservation, _ status: Status = .fail, document: String = "{}"
    ) throws -> FindingObservation {
        FindingObservation(
            account: AccountKey(
                provider: try #require(Provider(name: "azure")), uid: "0f0e0d0c-0b0a-4908-8706-050403020100"),
            check: CheckMetadata(check: check, service: "storage", title: "Title", document: document),
            regions: ["uksouth"], resource: resource, discriminator: "", status: status, severity: .high, muted: false,
            detail: "detail", observedAt: Timestamp(milliseconds: 1_800_000_000_000))
    }

    @Test("commands name the resource, and a hostile name gets none", arguments: ServerStore.allCases)
    func remediations(place: ServerStore) async throws {
        try await APIFixture.with(place) { api in
            let check = "storage_secure_transfer_required_is_enabled"
            let id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/"
            let findings = [
                try azure(check, ResourceObservation(uid: id + "plain", name: "plain")),
                try azure(check, ResourceObservation(uid: id + "a'; rm -rf / #", name: "x")),
                try azure(check, ResourceObservation(uid: id + "line\u{202E}turned", name: "y")),
                try azure(check, ResourceObservation(uid: id + "good", name: "good"), .pass),
                try azure(
                    "somebody_elses", ResourceObservation(uid: "z", name: "z"),
                    document: #"{"remediation":{"code":{"cli":"fix <NAME>"},"desc":"Their words"}}"#),
            ]
            _ = try await Importer(store: api.store).run(
                source: ListedSource(findings), origin: "test", options: ImportOptions())
            var rows: [JSONValue] = []
            var next: String? = "/remediations?page%5Bsize%5D=1&page%5Bafter%5D="
            while let path = next {
                let answer = try await api.ask(.get, path)
                #expect(answer.status == 200, "\(answer.text)")
                rows += answer.data.arrayValue ?? []
                next = answer.next
            }
            let byUID = Dictionary(
                rows.map { ($0["attributes"]?["resource_uid"]?.stringValue ?? "", $0["attributes"] ?? .null) }
            ) { first, _ in first }
            try #require(rows.count == 4 && byUID.count == 4)
            #expect(
                byUID[id + "plain"]?["command"]?.stringValue
                    == "az storage account update --ids \(id)plain --https-only true")
            #expect(
                byUID[id + "a'; rm -rf / #"]?["command"]?.stringValue
                    == #"az storage account update --ids '\#(id)a'\''; rm -rf / #' --https-only true"#)
            let withheld = byUID[id + "line\u{202E}turned"]
            #expect(withheld?["command"] == .null && withheld?["command_filled"]?.boolValue == false)
            #expect(withheld?["command_withheld"]?.stringValue?.contains("U+202E") == true)
            #expect(byUID["z"]?["command"]?.stringValue == "fix <NAME>")
            #expect(byUID["z"]?["origin"]?.stringValue == "source" && byUID["z"]?["command_filled"]?.boolValue == false)
            let one = try await api.ask(.get, "/findings/\(try #require(rows[0]["id"]?.stringValue))/remediation")
            #expect(one.data == rows[0])
            let none = try await api.ask(.get, "/findings/00000000-0000-4000-8000-000000000000/remediation")
            #expect(none.status == 404)
            let only = try await api.ask(.get, "/remediations?filter%5Bcheck_id%5D=somebody_elses")
            #expect(only.ids.count == 1)
            let narrow = try await api.member("narrow", [], seesAll: false)
            for path in ["/remediations", "/priorities", "/security-scores"] {
                #expect(try await api.ask(.get, path, as: narrow).data == .array([]), "\(path)")
            }
            let hidden = try await api.ask(
                .get, "/findings/\(try #require(rows[0]["id"]?.stringValue))/remediation", as: narrow)
            #expect(hidden.status == 404)
        }
    }

    /// The document as it is streamed.
    private func bill(_ api: APIFixture, _ filter: AccountFilter = AccountFilter()) async throws -> JSONValue {
        let source = CBOMStream(
            store: api.store, filter: filter, scan: nil,
            writer: CycloneDXWriter(
                serial: "0195d1f0-0000-8000-8000-000000000001", at: nil, program: "t", subject: "s"))
        var bytes: [UInt8] = []
        while let piece = try await source.next() { bytes += piece }
        return try JSONValue.parse(bytes)
    }

    @Test("the bill lists what resources and findings say, each once", arguments: ServerStore.allCases)
    func cryptography(place: ServerStore) async throws {
        try await APIFixture.with(place) { api in
            let storage = "Microsoft.Storage/storageAccounts"
            let check = "storage_ensure_minimum_tls_version_12"
            var findings = try (0..<1_200).map { number in
                try azure(
                    "keyvault_key_quantum_safe",
                    ResourceObservation(
                        uid: "key\(number)", name: "k", type: "Microsoft.KeyVault/vaults/keys",
                        data: #"{"key_bits":2048,"key_type":"RSA"}"#))
            }
            findings += [
                try azure(
                    check, ResourceObservation(uid: "told", type: storage, data: #"{"tls_minimum":"TLS1_2"}"#), .pass),
                try azure(check, ResourceObservation(uid: "silent", type: storage)),
                try azure("other", ResourceObservation(uid: "none", type: "Microsoft.Network/virtualNetworks")),
            ]
            _ = try await Importer(store: api.store).run(
                source: ListedSource(findings), origin: "test", options: ImportOptions())
            let components = try #require(try await bill(api)["components"]?.arrayValue)
            let keys = components.filter {
                $0["cryptoProperties"]?["assetType"]?.stringValue == "related-crypto-material"
            }
            #expect(keys.count == 1_200)
            #expect(Set(components.compactMap { $0["bom-ref"]?.stringValue }).count == components.count)
            let protocols = components.filter { $0["cryptoProperties"]?["assetType"]?.stringValue == "protocol" }
            try #require(protocols.compactMap { $0["name"]?.stringValue } == ["told", "silent"])
            #expect(protocols[0]["cryptoProperties"]?["protocolProperties"]?["version"]?.stringValue == "1.2")
            #expect(protocols[1]["cryptoProperties"]?["protocolProperties"]?["version"] == nil)
            #expect(components.last?["name"]?.stringValue == "RSA-2048" && components.count == 1_203)
            #expect(try await bill(api, AccountFilter(numbers: []))["components"] == .array([]))
            let answer = try await api.ask(.get, "/cbom")
            #expect(answer.status == 200)
            #expect(answer.headers["Content-Type"]?.hasPrefix("application/vnd.cyclonedx+json") == true)
            #expect(try await api.ask(.get, "/cbom?filter%5Bcolour%5D=red").status == 400)
        }
    }
}
