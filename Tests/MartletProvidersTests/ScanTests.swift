import MartletCore
import MartletProviders
import Testing

/// A scan on the wire where nothing goes wrong.
@Suite struct ScanTests {
    @Test func saysWhatThereIs() async throws {
        let azure = SmallAzure()
        let scan = try await SmallScan.run(azure)
        #expect(scan.error == nil)
        let rg = "/subscriptions/\(SmallAzure.subscription)/resourceGroups/rg/providers"
        let storage = "\(rg)/Microsoft.Storage/storageAccounts"
        let expected: [String: Status] = [
            "https \(storage)/st1": .fail, "https \(storage)/st2": .pass, "https \(storage)/st3": .fail,
            "policy \(storage)/st1": .pass, "policy \(storage)/st2": .pass, "policy \(storage)/st3": .fail,
            "assigned \(storage)/st1": .pass, "assigned \(storage)/st2": .pass, "assigned \(storage)/st3": .pass,
            "vault \(rg)/Microsoft.KeyVault/vaults/kv1": .pass, "vault \(rg)/Microsoft.KeyVault/vaults/kv2": .pass,
            "key https://kv1.vault.azure.net/keys/k1": .pass,
            "nics \(rg)/Microsoft.Compute/virtualMachines/vm1": .pass,
            "application /applications/a1": .pass,
            "subscription /subscriptions/\(SmallAzure.subscription)": .pass,
        ]
        #expect(scan.findings == expected)
        #expect(scan.state("https", "westeurope") == .evaluated)
        #expect(scan.state("https", "eastus") == .noResources)
        #expect(scan.state("https", "somewhere") == .noResources)
        #expect(scan.state("key", "uksouth") == .evaluated)
        #expect(scan.state("key", "eastus") == .noResources)
        #expect(scan.state("application", "global") == .evaluated)
        #expect(scan.state("devops", "uksouth") == .skipped)
        let key = try #require(scan.observations.first { $0.check.check == "key" })
        #expect(key.regions == ["uksouth"])
        #expect(key.resource.data == #"{"key_type":"RSA"}"#)
        let account = try #require(scan.observations.first { $0.check.check == "https" })
        #expect(account.resource.tags == [Tag(key: "team", value: "a")])
        #expect(account.resource.service == "storage" && account.resource.data.isEmpty)
        #expect(account.observedAt == Timestamp(milliseconds: 1_000))
    }

    @Test func asksForNothingTwiceAndForNothingInVain() async throws {
        let azure = SmallAzure()
        _ = try await SmallScan.run(azure)
        let targets = azure.seen.map(\.target)
        #expect(Set(targets).count == targets.count, "\(targets.sorted())")
        // One interface is in the list, the other is asked for by itself; the list's own is not.
        #expect(targets.count { $0.contains("networkInterfaces/") } == 1)
        #expect(!targets.contains { $0.contains("principals") })
        #expect(azure.seen.allSatisfy { $0.headers["authorization"] == "Bearer test-token" })
    }

    @Test func fetchesOnlyWhatTheChecksNeed() async throws {
        let azure = SmallAzure()
        let checks = ScriptedChecks(checks: ScriptedChecks.small.checks.filter { $0.need.check == "https" })
        let scan = try await SmallScan.run(azure, checks: checks)
        #expect(scan.findings.count == 3)
        #expect(azure.seen.map(\.path).sorted() == [SmallAzure.arm, SmallAzure.accounts, SmallAzure.accounts].sorted())
    }

    @Test func looksOnlyIntoTheRegionsItIsToldTo() async throws {
        let azure = SmallAzure()
        let scan = try await SmallScan.run(azure, regions: ["westeurope"])
        #expect(Set(scan.observations.flatMap(\.regions)) == ["westeurope"])
        #expect(scan.state("https", "westeurope") == .evaluated)
        #expect(scan.state("vault", "westeurope") == .noResources)
        #expect(scan.state("https", "uksouth") == nil)
        #expect(!azure.seen.contains { $0.path.hasSuffix("st1/managementPolicies/default") })
    }

    @Test func stopsWhenNobodyWaitsAnyMore() async throws {
        let azure = SmallAzure { request, _ in request.path == SmallAzure.accounts ? .silence : nil }
        let server = try azure.serve()
        let scan = NativeScan(
            try AzureScanRequest(subscription: SmallAzure.subscription), catalog: try SmallCollectors.catalog(),
            checks: ScriptedChecks(checks: ScriptedChecks.small.checks.filter { $0.need.check == "https" }),
            client: try SmallScan.client(server, timeout: .seconds(600)), observedAt: Timestamp(milliseconds: 0))
        let waiting = Task { try await scan.next() }
        while !azure.seen.contains(where: { $0.path == SmallAzure.accounts }) {
            try await Task.sleep(for: .milliseconds(5))
        }
        waiting.cancel()
        await #expect(throws: (any Error).self) { try await waiting.value }
        server.stop()
    }

    @Test(arguments: ["", "x", "00000000-0000-0000-0000-00000000000", "00000000-0000-0000-0000-00000000000g", "a/b"])
    func refusesWhatIsNoSubscription(id: String) {
        #expect(throws: MartletError.self) { try AzureScanRequest(subscription: id) }
    }
}
