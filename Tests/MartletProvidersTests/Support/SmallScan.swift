import Foundation
import MartletCore
import MartletHTTPClient
import MartletLoopback
import MartletProviders

/// A scan of the small subscription, and what it said.
struct SmallScan {
    var findings: [String: Status] = [:]
    var observations: [FindingObservation] = []
    var coverage: [CoverageStatement] = []
    var error: (any Error)?
    var counts = CallCounts()

    /// Short pauses: what is tested is that they are made, not how long they are.
    static var impatient: RetryPolicy {
        var retry = RetryPolicy()
        retry.pause = .milliseconds(1)
        retry.longestPause = .milliseconds(4)
        retry.longestRetryAfter = .seconds(1)
        return retry
    }

    static func client(
        _ server: LoopbackServer, timeout: Duration = .seconds(20), credential: AzureCredential? = nil
    ) throws -> AzureClient {
        let map = try EndpointMap(json: Array(#"{"*":"\#(server.url)/{host}"}"#.utf8), file: "map.json")
        return try AzureClient(
            credential: credential ?? .token(SecretText("test-token")), addresses: AzureAddresses(map: map),
            http: try HTTPClient(), retry: impatient, timeout: timeout)
    }

    /// Runs a scan to its end.
    static func run(
        _ azure: SmallAzure, checks: ScriptedChecks = .small, regions: [String] = [],
        timeout: Duration = .seconds(20), organization: String? = nil
    ) async throws -> SmallScan {
        let server = try azure.serve()
        defer { server.stop() }
        return try await run(
            try client(server, timeout: timeout), checks: checks, regions: regions, organization: organization)
    }

    /// The same with a client.
    static func run(
        _ client: AzureClient, checks: ScriptedChecks = .small, regions: [String] = [], organization: String? = nil
    ) async throws -> SmallScan {
        var request = try AzureScanRequest(subscription: SmallAzure.subscription)
        request.regions = regions
        request.organization = organization
        request.project = organization.map { $0 + "-project" }
        let scan = NativeScan(
            request, catalog: try SmallCollectors.catalog(), checks: checks, client: client,
            observedAt: Timestamp(milliseconds: 1_000))
        var result = SmallScan()
        do {
            while let batch = try await scan.next() {
                result.coverage += batch.coverage
                result.observations += batch.findings
                for finding in batch.findings {
                    result.findings["\(finding.check.check) \(finding.resource.uid)"] = finding.status
                }
            }
        } catch {
            result.error = error
        }
        result.counts = client.counts
        return result
    }

    /// What holds of a check in a region at the end.
    func state(_ check: String, _ region: String) -> CoverageState? {
        let own = coverage.filter { $0.check == check }
        return own.first { $0.region == region }?.state ?? own.first { $0.region == nil }?.state
    }
}
