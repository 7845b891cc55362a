import MartletHTTPClient
import MartletLoopback
import Synchronization
import Testing

/// A client that pins hosts asks for their addresses once.
@Suite struct PinningTests {
    /// Answers questions for addresses one after the other, and counts them.
    private final class Names: Sendable {
        private let answers: Mutex<[[IPAddress]]>
        let asked = Atomic(0)

        init(_ answers: [[String]]) { self.answers = Mutex(answers.map { $0.compactMap { IPAddress($0) } }) }

        func next() -> [IPAddress] {
            asked.add(1, ordering: .relaxed)
            return answers.withLock { $0.count > 1 ? $0.removeFirst() : $0.first ?? [] }
        }
    }

    private static func client(_ names: Names, pins: Bool = true, _ policy: AddressPolicy = .any) throws -> HTTPClient {
        var settings = HTTPClientSettings()
        settings.pinsHosts = pins
        settings.addresses = policy
        settings.resolver = { _ in names.next() }
        return try HTTPClient(settings)
    }

    @Test func aNameThatResolvesToSomethingElseLaterGainsNothing() async throws {
        let server = try LoopbackServer { .json("{\"host\":\"\($0.headers["host"] ?? "")\"}") }
        // Nobody listens at the second address.
        let names = Names([["127.0.0.1"], ["127.0.0.9"]])
        let client = try Self.client(names)
        for _ in 0..<3 {
            let answer = try await client.send(HTTPRequest("GET", "http://cloud.example:\(server.port)/"))
            #expect(String(decoding: answer.body, as: UTF8.self).contains("cloud.example"))
        }
        #expect(names.asked.load(ordering: .relaxed) == 1 && server.counts.requests == 3)
        // The next client asks anew, and would go there.
        await #expect(throws: HTTPFailure.self) {
            try await Self.client(names).send(HTTPRequest("GET", "http://cloud.example:\(server.port)/"))
        }
        #expect(server.counts.requests == 3)
    }

    @Test func anyPrivateAddressOfANameIsEnoughToRefuseIt() async throws {
        let server = try LoopbackServer { _ in .json("{}") }
        let names = Names([["1.1.1.1", "127.0.0.1"]])
        let client = try Self.client(names, .publicOnly)
        do throws(HTTPFailure) {
            _ = try await client.send(HTTPRequest("GET", "http://cloud.example:\(server.port)/"))
            Issue.record("an answer came")
        } catch {
            #expect(error.kind == .refusedAddress && error.message.contains("cloud.example"), "\(error)")
        }
        #expect(server.counts.connections == 0)
    }

    @Test func redirectsAreAnswersAndNotFollowed() async throws {
        let inner = try LoopbackServer { _ in .json("{}") }
        let server = try LoopbackServer { _ in
            .answer(status: 302, headers: [("Location", inner.url + "/")], body: [])
        }
        let client = try Self.client(Names([["127.0.0.1"]]))
        let answer = try await client.send(HTTPRequest("GET", "http://cloud.example:\(server.port)/"))
        #expect(answer.status == 302 && inner.counts.connections == 0)
    }
}
