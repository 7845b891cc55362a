import MartletCore
import MartletHTTPServer
import MartletStore
import Testing

@testable import MartletEngine
@testable import MartletServer

@Suite("API: what a cursor sees while scans publish and mutes change")
struct CursorTests {
    /// Two accounts with three scans each, and some mutes.
    private func prepare(_ data: DataFixture) async throws -> CursorFixture {
        let fixture = CursorFixture(data: data)
        for round in 0..<2 {
            try await fixture.publish(round, data.first)
            try await fixture.publish(round, data.second)
        }
        try await fixture.mute(0)
        return fixture
    }

    @Test("every list stays as it was for its first page", arguments: ServerStore.allCases)
    func stable(place: ServerStore) async throws {
        try await DataFixture.with(place) { data in
            let fixture = try await prepare(data)
            let scans = try await data.api.ask(.get, "/scans?page%5Bsize%5D=100&sort=inserted_at").ids
            let third = AccountKey(provider: try #require(Provider(name: "gcp")), uid: "new-project")
            var walks: [CursorFixture.Walk] = []
            for (path, size) in [
                ("/findings", 4), ("/findings?sort=-severity,status", 5), ("/findings?filter[status]=FAIL", 3),
                ("/findings?filter[muted]=true", 2), ("/findings?filter[muted]=false&filter[severity]=critical", 3),
                ("/findings?filter[delta]=new", 2), ("/findings?filter[delta]=changed", 1),
                ("/findings?filter[delta__in]=gone,resolved", 1),
                ("/findings?filter[delta__in]=gone&sort=-severity", 1),
                ("/findings?filter[delta]=unchanged&sort=severity", 4), ("/findings?filter[region]=region-1", 3),
                ("/findings?filter[check_id]=check_3", 2), ("/findings?filter[tag]=team=t1", 5),
                ("/findings?filter[search]=detail%20of", 2), ("/findings?filter[resource_name__icontains]=name%201", 3),
                ("/findings/latest?filter[provider_type]=aws&include=scan,resources", 6),
                ("/findings?filter[scan__in]=\(scans.suffix(2).joined(separator: ","))", 5),
                ("/findings?filter[scan]=\(scans[0])", 4), ("/findings?filter[scan]=\(scans[2])&sort=-severity", 4),
                ("/findings?filter[scan]=\(scans[2])&filter[delta__in]=new,changed", 2),
                ("/findings?filter[inserted_at__gte]=2000-01-01", 5), ("/resources", 4),
                ("/resources?filter[tag]=team=t1", 3), ("/resources/latest?filter[provider_type]=azure", 2),
                ("/resources?filter[scan]=\(scans[1])", 5), ("/finding-groups/check_2/resources", 2),
                ("/finding-groups/latest/check_0/resources?sort=-severity", 2), ("/diff", 3),
                ("/diff?from=\(scans[0])&to=\(scans[2])", 3),
            ] { walks.append(try await fixture.begin(path.escaped, size: size)) }
            var reading = walks
            var mutes = 1
            for round in 2..<60 where !reading.isEmpty {
                if round < 14 {
                    switch round % 4 {
                    case 0:
                        try await fixture.mute(mutes)
                        mutes += 1
                    case 1: try await fixture.publish(round, data.second)
                    default: try await fixture.publish(round, data.first)
                    }
                    if round == 5 { try await data.scan(data.findings(of: third, count: 20), at: 0) }
                }
                var left: [CursorFixture.Walk] = []
                for walk in reading where try await fixture.go(walk) { left.append(walk) }
                reading = left
            }
            for walk in walks {
                #expect(walk.whole.count > 1 && walk.pages > 1, "\(walk.path) shows nothing")
                #expect(walk.seen.count == walk.whole.count, "\(walk.path)")
                for (seen, whole) in zip(walk.seen, walk.whole) where seen != whole {
                    Issue.record("\(walk.path): \(Self.difference(seen, whole))")
                    break
                }
            }
            // It was not for want of changes.
            let now = try await data.api.ask(.get, "/findings?page%5Bsize%5D=1000").data.arrayValue ?? []
            #expect(now.count > walks[0].whole.count && !walks[0].whole.allSatisfy(now.contains))
        }
    }

    private static func difference(_ seen: JSONValue, _ whole: JSONValue) -> String {
        guard seen["id"] == whole["id"] else { return "\(seen["id"] ?? .null) for \(whole["id"] ?? .null)" }
        let members = seen["attributes"]?.objectValue ?? []
        let differing = members.filter { whole["attributes"]?[$0.key] != $0.value }
        return "\(differing.map { "\($0.key)=\($0.value.text)" }) for \(whole.text)"
    }

    @Test("a stream is of one posture, whatever is published while it is read", arguments: ServerStore.allCases)
    func streams(place: ServerStore) async throws {
        try await DataFixture.with(place) { data in
            let fixture = try await prepare(data)
            let store = data.api.store
            let accounts = try await store.read { try $0.accounts(AccountFilter()) }
            let number = try await store.read { try $0.publishNumber().number }
            func stream() -> FindingStream {
                var selection = FindingFilters.Selection()
                selection.number = number
                return FindingStream(
                    store: store, selection: selection,
                    format: FindingFormat(FindingExport.ndjson, accounts: accounts), pageRows: 7)
            }
            func rest(_ stream: FindingStream) async throws -> [UInt8] {
                var bytes: [UInt8] = []
                while let piece = try await stream.next() { bytes += piece }
                return bytes
            }
            let before = try await rest(stream())
            let reading = stream()
            var bytes: [UInt8] = []
            var round = 2
            while let piece = try await reading.next() {
                bytes += piece
                guard round < 8 else { continue }
                try await fixture.publish(round, round % 2 == 0 ? data.first : data.second)
                try await fixture.mute(round - 1)
                round += 1
            }
            #expect(round == 8 && bytes == before && bytes.filter { $0 == 10 }.count > 60)
        }
    }

    @Test("a cursor of what retention removed is 410, never a part of the list", arguments: ServerStore.allCases)
    func forgotten(place: ServerStore) async throws {
        try await DataFixture.with(place) { data in
            let fixture = try await prepare(data)
            let paths = ["/findings", "/resources", "/diff", "/finding-groups/check_2/resources"]
            var walks: [CursorFixture.Walk] = []
            for path in paths { walks.append(try await fixture.begin(path, size: 2)) }
            try await fixture.publish(2, data.first)
            for walk in walks { #expect(try await fixture.go(walk)) }
            let retention = Retention(store: data.api.store)
            try await retention.setRule(RetentionRule(keepScans: 1))
            _ = try await retention.run()
            for walk in walks {
                let answer = try await data.api.ask(.get, try #require(walk.next))
                #expect(answer.status == 410 && answer.codes == ["cursor_expired"], "\(walk.path): \(answer.text)")
            }
        }
    }

    @Test("a cursor whose accounts are others now is 410")
    func otherAccounts() async throws {
        try await DataFixture.with { data in
            let fixture = try await prepare(data)
            let walk = try await fixture.begin("/findings", size: 5)
            try await Administration(store: data.api.store).removeAccount(data.second)
            let answer = try await data.api.ask(.get, try #require(walk.next))
            #expect(answer.status == 410 && answer.codes == ["cursor_expired"], "\(answer.text)")
        }
    }

    @Test("a search that finds nothing gives an empty page, which is the last")
    func findsNothing() async throws {
        try await DataFixture.with { data in
            let answer = try await data.api.ask(
                .get, "/findings?filter%5Bsearch%5D=nothing%20of%20this&page%5Bafter%5D=")
            #expect(answer.status == 200 && answer.ids.isEmpty && answer.next == nil, "\(answer.text)")
        }
    }
}
