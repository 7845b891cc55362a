import Foundation
import MartletCore
import MartletLoopback
import MartletProviders
import Synchronization
import Testing

/// Every fault, in one call and in all: the scan ends, and nothing that was not looked at is a PASS or gone.
@Suite struct FaultTests {
    enum Fault: String, CaseIterable, Sendable {
        case unauthorized, forbidden, missing, conflict, throttled, throttledWithPause, broken, unavailable
        case unavailableWithPause, reset, slow
        case truncated, wrongType, wrongItems, notJSON, empty, huge, endless, circling, foreignLink, expired

        func answer(_ request: LoopbackRequest, _ before: Int) -> LoopbackAnswer? {
            let url = "http://\(request.headers["host"] ?? "")\(request.path)"
            return switch self {
            case .unauthorized: error(401, "InvalidAuthenticationToken")
            case .forbidden: error(403, "AuthorizationFailed")
            case .missing: error(404, "ResourceNotFound")
            case .conflict: error(409, "Conflict")
            case .throttled: error(429, "TooManyRequests")
            case .throttledWithPause: error(429, "TooManyRequests", [("Retry-After", "0")])
            case .broken: error(500, "InternalServerError")
            case .unavailable: error(503, "ServiceUnavailable")
            case .unavailableWithPause: error(503, "ServiceUnavailable", [("Retry-After", "0")])
            case .reset: .reset
            case .slow: .silence
            case .truncated: .cutOff(#"{"value":[{"id":"#)
            case .wrongType: .json(#"["not","an","object"]"#)
            case .wrongItems: .json(#"{"value":{"id":"an object in the place of a list"}}"#)
            case .notJSON: .answer(status: 200, headers: [], body: Array("<html>".utf8))
            case .empty: .answer(status: 200, headers: [], body: [])
            case .huge: .raw(Array("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n{".utf8))
            case .endless: .json(#"{"value":[],"nextLink":"\#(url)?$skiptoken=n\#(UUID().uuidString)"}"#)
            case .circling: .json(#"{"value":[],"nextLink":"\#(url)?$skiptoken=same"}"#)
            case .foreignLink: .json(#"{"value":[],"nextLink":"https://evil.example/steal"}"#)
            case .expired:
                before == 0 && request.path != SmallAzure.arm ? nil : error(401, "ExpiredAuthenticationToken")
            }
        }

        private func error(_ status: Int, _ code: String, _ headers: [(String, String)] = []) -> LoopbackAnswer {
            .json(#"{"error":{"code":"\#(code)","message":"injected"}}"#, status: status, headers: headers)
        }

        /// An answer of this kind says that there is nothing of what an object was asked for, and is a fact only where the
        /// collector says so; a list with another form is none.
        var isListOnly: Bool {
            switch self {
            case .wrongItems, .endless, .circling, .foreignLink: true
            default: false
            }
        }
    }

    /// The calls of the small subscription, and the checks that need each.
    static let calls: [(path: String, checks: Set<String>, isList: Bool)] = [
        (SmallAzure.accounts, ["https", "policy", "assigned"], true),
        ("st1/managementPolicies/default", ["policy"], false),
        (SmallAzure.vaults, ["vault", "key"], true),
        ("kv1.vault.azure.net/keys", ["key"], true),
        ("kv1.vault.azure.net/keys/k1", ["key"], false),
        (SmallAzure.assignments, ["assigned"], true),
        (SmallAzure.machines, ["nics"], true),
        ("networkInterfaces/nic2", ["nics"], false),
        (SmallAzure.applications, ["application"], true),
    ]

    @Test(arguments: Fault.allCases)
    func inOneCall(fault: Fault) async throws {
        let baseline = try await SmallScan.run(SmallAzure())
        for call in Self.calls where call.isList || !fault.isListOnly && fault != .expired {
            let azure = SmallAzure { request, before in
                request.path.hasSuffix(call.path) ? fault.answer(request, fault == .expired ? 1 : before) : nil
            }
            let scan = try await SmallScan.run(azure, timeout: fault == .slow ? .seconds(1) : .seconds(20))
            #expect(scan.error == nil, "\(fault) in \(call.path)")
            let isFact = fault == .missing && call.checks == ["policy"]
            if !isFact { expectNothingMadeUp(scan, baseline, "\(fault) in \(call.path)") }
            // Exactly the checks that need the call are touched.
            for check in Set(baseline.observations.map(\.check.check)).subtracting(call.checks) {
                let before = baseline.findings.filter { $0.key.hasPrefix(check + " ") }
                #expect(scan.findings.filter { $0.key.hasPrefix(check + " ") } == before, "\(fault) in \(call.path)")
            }
            let touched = scan.coverage.filter(\.state.isGap).map(\.check)
            #expect(isFact ? touched.isEmpty : Set(touched) == call.checks, "\(fault) in \(call.path): \(touched)")
            #expect(scan.coverage.filter(\.state.isGap).allSatisfy { $0.gap != nil })
        }
    }

    @Test(arguments: Fault.allCases)
    func inAllCalls(fault: Fault) async throws {
        let baseline = try await SmallScan.run(SmallAzure())
        let azure = SmallAzure { request, before in fault.answer(request, before) }
        let scan = try await SmallScan.run(azure, timeout: fault == .slow ? .milliseconds(150) : .seconds(20))
        if scan.error == nil {
            expectNothingMadeUp(scan, baseline, "\(fault)")
            #expect(scan.findings.isEmpty, "\(fault)")
        } else {
            #expect(scan.error is MartletError, "\(fault): \(String(describing: scan.error))")
            #expect(scan.coverage.isEmpty)
        }
    }

    /// Faults that pass: the scan is what it would have been.
    @Test(arguments: [
        Fault.throttled, .throttledWithPause, .broken, .unavailable, .unavailableWithPause, .reset, .slow, .truncated,
        .notJSON,
    ])
    func onceInEveryCall(fault: Fault) async throws {
        let baseline = try await SmallScan.run(SmallAzure())
        let azure = SmallAzure { request, before in before == 0 ? fault.answer(request, before) : nil }
        let scan = try await SmallScan.run(azure, timeout: fault == .slow ? .seconds(1) : .seconds(20))
        #expect(scan.error == nil)
        #expect(scan.findings == baseline.findings, "\(fault)")
        #expect(!scan.coverage.contains { $0.state.isGap })
    }

    /// The token ends after so many calls, and no other is to be had: what comes after is denied.
    @Test(arguments: 1...16)
    func theTokenEndsForGood(calls: Int) async throws {
        let quiet = SmallAzure()
        let baseline = try await SmallScan.run(quiet)
        let count = Atomic(0)
        let azure = SmallAzure { _, _ in
            guard count.add(1, ordering: .relaxed).newValue > calls else { return nil }
            return .json(#"{"error":{"code":"ExpiredAuthenticationToken","message":"injected"}}"#, status: 401)
        }
        let scan = try await SmallScan.run(azure)
        #expect(scan.error == nil)
        expectNothingMadeUp(scan, baseline, "after \(calls) calls")
        let denied = scan.coverage.contains { $0.state == .denied }
        #expect(denied == (calls < quiet.seen.count), "after \(calls) calls")
    }

    /// The token ends after so many calls, and there is a new one: the scan is what it would have been.
    @Test(arguments: 1...16)
    func theTokenEndsAndIsRenewed(calls: Int) async throws {
        let baseline = try await SmallScan.run(SmallAzure())
        let count = Atomic(0)
        let issued = Atomic(0)
        let azure = SmallAzure { request, _ in
            if request.path.hasPrefix("/login.microsoftonline.com/") {
                let number = issued.add(1, ordering: .relaxed).newValue
                let epoch = count.load(ordering: .relaxed) >= calls ? "new" : "old"
                return .json(#"{"access_token":"\#(epoch)-\#(number)","expires_in":3600}"#)
            }
            let isOver = count.add(1, ordering: .relaxed).newValue > calls
            let isOld = request.headers["authorization"]?.hasPrefix("Bearer old") == true
            return isOver && isOld ? .json(#"{"error":{"code":"ExpiredAuthenticationToken"}}"#, status: 401) : nil
        }
        let server = try azure.serve()
        defer { server.stop() }
        let client = try SmallScan.client(
            server, credential: .clientSecret(tenant: "t", client: "c", secret: SecretText("s")))
        let scan = try await SmallScan.run(client)
        #expect(scan.error == nil)
        #expect(scan.findings == baseline.findings && !scan.coverage.contains { $0.state.isGap })
        // One for each of three audiences, and one more for each that ended.
        #expect((3...6).contains(issued.load(ordering: .relaxed)))
    }

    /// Findings are those of a scan without faults, or they are not there and may be anything.
    private func expectNothingMadeUp(_ scan: SmallScan, _ baseline: SmallScan, _ what: String) {
        for (finding, status) in scan.findings {
            #expect(baseline.findings[finding] == status, "\(what): \(finding) is \(status)")
        }
        for observation in baseline.observations {
            let name = "\(observation.check.check) \(observation.resource.uid)"
            guard scan.findings[name] == nil else { continue }
            let state = scan.state(observation.check.check, observation.regions[0])
            #expect(state?.closesFindings != true, "\(what): \(name) would be gone")
        }
    }
}
