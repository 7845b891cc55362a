import MartletCore
import MartletHTTPServer
import MartletStore
import Testing

@testable import MartletEngine
@testable import MartletServer

/// Every PATCH, PUT and DELETE: `If-Match` keeps it to what the client has seen.
@Suite("API: every write × If-Match")
struct ConditionWalkTests {
    /// Writes that the walk does not make, and why.
    static let unread: [String: String] = [
        "tokens_current_destroy": "a session has no address to be read at",
        "tenants_destroy": "would end the tenant of the walk; RemovalEndpointTests send it with If-Match",
    ]

    static let writes = EndpointTable.all.filter {
        [.patch, .put, .delete].contains($0.method) && unread[$0.operation] == nil
    }

    @Test("every write has a state, and its resource can be read with the same one")
    func known() {
        let read = EndpointTable.all.filter { $0.operation == "tenants_destroy" }
        for endpoint in Self.writes + read {
            #expect(endpoint.state != nil, "\(endpoint.operation) has no state to compare If-Match with")
            let reader = ChangeCall.reader(of: endpoint)
            #expect(reader?.state != nil, "what \(endpoint.operation) changes cannot be read with a tag")
        }
        for name in Self.unread.keys { #expect(EndpointTable.all.contains { $0.operation == name }, "\(name)") }
    }

    @Test(
        "412 and no change for another tag, the write for the tag of GET, 412 for the tag of before",
        arguments: ServerStore.allCases)
    func tags(place: ServerStore) async throws {
        try await WalkPlace.with(place) { place in
            for endpoint in Self.writes {
                let name = endpoint.operation
                let call = try await ChangeCall(endpoint, place)
                let seen = try await call.read(place)
                let tag = try #require(seen.headers["ETag"], "\(name): \(seen.status) \(seen.text)")
                // A scan that waits tells how long, so the next answer may be another one.
                let same = try await call.read(place, ifNoneMatch: tag)
                #expect(same.status == 304 || same.text != seen.text, "\(name): \(same.status)")

                let before = try await EndpointWalkTests.dump(place)
                for wrong in ["\"another\"", "W/\"00000000000000000000000000000000.0\", \"x\"", "x"] {
                    let refused = try await call.send(place, match: wrong)
                    #expect(refused.status == 412, "\(name) with \(wrong): \(refused.status) \(refused.text)")
                    #expect(refused.codes == ["precondition_failed"], "\(name)")
                    #expect(refused.json["errors"]?[0]?["source"]?["header"]?.stringValue == "If-Match", "\(name)")
                }
                #expect(try await EndpointWalkTests.dump(place) == before, "\(name) changed something")

                let done = try await call.send(place, match: "\"another\", " + tag)
                #expect((200..<300).contains(done.status), "\(name): \(done.status) \(done.text)")
                let now = try await call.read(place)
                guard now.status == 200 else {
                    #expect(endpoint.method == .delete, "\(name): \(now.status)")
                    continue
                }
                #expect(now.headers["ETag"] != tag, "\(name) changed nothing")
                let late = try await call.send(place, match: tag)
                #expect(late.status == 412, "\(name) with the tag of before: \(late.status) \(late.text)")
            }
        }
    }

    @Test("* is any state, and no thing has it that is not there", arguments: ServerStore.allCases)
    func any(place: ServerStore) async throws {
        try await WalkPlace.with(place) { place in
            for endpoint in Self.writes {
                let call = try await ChangeCall(endpoint, place)
                let done = try await call.send(place, match: "*")
                #expect((200..<300).contains(done.status), "\(endpoint.operation): \(done.status) \(done.text)")
                guard endpoint.method == .delete, try await call.read(place).status != 200 else { continue }
                let gone = try await call.send(place, match: "*")
                #expect([401, 404].contains(gone.status), "\(endpoint.operation) again: \(gone.status)")
            }
        }
    }

    @Test("of writes that have seen the same, one is made", arguments: ServerStore.allCases)
    func crossing(place: ServerStore) async throws {
        try await WalkPlace.with(place) { place in
            for endpoint in Self.writes where endpoint.method == .patch {
                let call = try await ChangeCall(endpoint, place)
                let tag = try #require(try await call.read(place).headers["ETag"])
                // All come while somebody else has what they must wait for, so that none is early.
                let holder = LockHolder(place)
                try await holder.begin()
                let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                    for _ in 0..<5 { group.addTask { try await call.send(place, match: tag).status } }
                    return try await group.reduce(into: []) { $0.append($1) }.sorted()
                }
                try await holder.end()
                #expect(statuses.filter { (200..<300).contains($0) }.count == 1, "\(endpoint.operation): \(statuses)")
                #expect(statuses.filter { $0 == 412 }.count == 4, "\(endpoint.operation): \(statuses)")
            }
        }
    }
}
