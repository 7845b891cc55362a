import Foundation
import MartletCore
import MartletLoopback
import MartletProviders
import Testing

/// Azure DevOps, which pages by a header and answers strangers with a page to sign in.
@Suite struct DevOpsTests {
    private static let path = "/dev.azure.com/contoso/contoso-project/_apis/x"
    private static let checks = ScriptedChecks(checks: ScriptedChecks.small.checks.filter { $0.need.check == "devops" })

    private func page(_ ids: [String], next: String? = nil) -> LoopbackAnswer {
        let items = ids.map { #"{"id":"\#($0)","name":"\#($0)"}"# }.joined(separator: ",")
        return .json(
            #"{"count":\#(ids.count),"value":[\#(items)]}"#,
            headers: next.map { [("x-ms-continuationtoken", $0)] } ?? [])
    }

    /// What a request asks to go on after; nil for the first page.
    private static func token(_ request: LoopbackRequest) -> String? {
        let query = request.target.split(separator: "?").dropFirst().joined()
        return query.split(separator: "&").first { $0.hasPrefix("continuationToken=") }.map { String($0.dropFirst(18)) }
    }

    private func run(
        _ answer: @escaping @Sendable (LoopbackRequest, Int) -> LoopbackAnswer?
    ) async throws -> (scan: SmallScan, azure: SmallAzure) {
        let azure = SmallAzure { request, before in
            request.path == Self.path ? answer(request, before) : nil
        }
        return (try await SmallScan.run(azure, checks: Self.checks, organization: "contoso"), azure)
    }

    private func asked(_ azure: SmallAzure) -> [String?] {
        azure.seen.filter { $0.path == Self.path }.map(Self.token)
    }

    @Test func pagesAreFollowedByTheHeader() async throws {
        let (scan, azure) = try await run { request, _ in
            switch Self.token(request) {
            case nil: page(["1", "2"], next: "a b&c=d/+%")
            case "a%20b%26c%3Dd%2F%2B%25": page([], next: "3")
            case "3": page(["3"])
            default: nil
            }
        }
        #expect(scan.error == nil)
        #expect(scan.findings.count == 3 && scan.findings.values.allSatisfy { $0 == .pass })
        #expect(scan.state("devops", "global") == .evaluated)
        #expect(asked(azure) == [nil, "a%20b%26c%3Dd%2F%2B%25", "3"])
    }

    @Test func aPageThatFailsIsAGapAndNotTheEnd() async throws {
        let (scan, _) = try await run { request, _ in
            Self.token(request) == nil ? page(["1"], next: "2") : .json("{}", status: 500)
        }
        #expect(scan.error == nil && scan.findings.count == 1)
        #expect(scan.state("devops", "global") == .errored)
    }

    @Test(arguments: [true, false])
    func endlessPagingEnds(isCircle: Bool) async throws {
        let (scan, azure) = try await run { _, _ in page([], next: isCircle ? "same" : UUID().uuidString) }
        #expect(scan.error == nil && scan.state("devops", "global") == .errored)
        #expect(asked(azure).count < 300)
    }

    @Test(arguments: [203, 302, 401, 403])
    func strangersAreDenied(status: Int) async throws {
        let (scan, azure) = try await run { _, _ in
            .answer(
                status: status, headers: [("Content-Type", "text/html"), ("Location", "https://login.example/")],
                body: Array("<html>Sign in</html>".utf8))
        }
        #expect(scan.error == nil && scan.findings.isEmpty)
        #expect(scan.state("devops", "global") == .denied)
        // Asking again with a new token helps against 401 alone.
        #expect(asked(azure).count == (status == 401 ? 2 : 1))
    }

    @Test func theHeaderMeansNothingElsewhere() async throws {
        let azure = SmallAzure { request, _ in
            guard request.path == SmallAzure.applications else { return nil }
            return .json(#"{"value":[{"id":"a1","displayName":"App"}]}"#, headers: [("x-ms-continuationtoken", "2")])
        }
        let scan = try await SmallScan.run(azure)
        #expect(scan.state("application", "global") == .evaluated)
        #expect(azure.seen.count { $0.path == SmallAzure.applications } == 1)
    }
}
