import MartletCore
import MartletPolicy
import MartletStore
import Testing

@testable import MartletEngine
@testable import MartletServer

/// Lists that are read while the estate under them changes.
struct CursorFixture: Sendable {
    let data: DataFixture
    /// A list as it was when its reading began, and what was read of it.
    final class Walk {
        let path: String
        let whole: [JSONValue]
        var seen: [JSONValue] = []
        var next: String?
        let count: Int64?
        var pages = 1

        init(_ path: String, whole: [JSONValue], first: Answer) {
            (self.path, self.whole) = (path, whole)
            seen = first.data.arrayValue ?? []
            next = first.next
            count = CursorFixture.count(first)
        }
    }

    /// What an answer says of the list's length.
    static func count(_ answer: Answer) -> Int64? { answer.json["meta"]?["pagination"]?["count"]?.intValue }

    /// What a scanner says in a round: of ten findings some stay, fail and pass in turn, change their detail or severity,
    /// go and come back; and each round has findings of its own.
    func findings(of account: AccountKey, round: Int) -> [FindingObservation] {
        let steady = data.findings(of: account, count: 40).enumerated().compactMap {
            number, finding -> FindingObservation? in
            var finding = finding
            finding.observedAt = Timestamp(milliseconds: 1_900_000_000_000 + Int64(round) * 1_000)
            switch number % 10 {
            case 1, 6: finding.status = (number + round) % 2 == 0 ? .fail : .pass
            case 2: finding.detail = "detail of round \(round)"
            case 3: finding.severity = Severity.allCases[(number + round) % 5]
            case 4, 7: if (number + round) % 3 == 0 { return nil }
            case 5: finding.resource.name = "name in round \(round)"
            default: break
            }
            return finding
        }
        let own = data.findings(of: account, count: 3).enumerated().map { number, finding in
            var finding = finding
            finding.observedAt = Timestamp(milliseconds: 1_900_000_000_000 + Int64(round) * 1_000)
            finding.resource.uid = "of round \(round) \(number)"
            return finding
        }
        return steady + own
    }

    func publish(_ round: Int, _ account: AccountKey) async throws {
        try await data.scan(
            findings(of: account, round: round), at: 1_900_000_000_000 + Int64(round) * 1_000)
    }

    /// Changes what is muted: the mute of the number comes, the one before it goes.
    func mute(_ round: Int) async throws {
        let administration = Administration(store: data.api.store)
        var rule = MuteRule(id: "mute-\(round)", reason: "reason \(round)")
        rule.checks = ["check_\(round % 5)"]
        try await administration.addMute(rule)
        if round >= 1 { try await administration.removeMute("mute-\(round - 1)") }
    }

    /// Begins to read a list, page by page.
    func begin(_ path: String, size: Int) async throws -> Walk {
        let mark = path.contains("?") ? "&" : "?"
        let whole = try await data.api.ask(.get, path + mark + "page%5Bsize%5D=1000&page%5Bafter%5D=")
        #expect(whole.status == 200 && whole.next == nil, "\(path): \(whole.text.prefix(300))")
        let first = try await data.api.ask(.get, path + mark + "page%5Bsize%5D=\(size)&page%5Bafter%5D=")
        #expect(first.status == 200, "\(path): \(first.text.prefix(300))")
        return Walk(path, whole: whole.data.arrayValue ?? [], first: first)
    }

    /// Reads one page more; false at the end.
    func go(_ walk: Walk) async throws -> Bool {
        guard let next = walk.next else { return false }
        let answer = try await data.api.ask(.get, next)
        #expect(answer.status == 200, "\(walk.path): \(answer.text.prefix(300))")
        walk.seen += answer.data.arrayValue ?? []
        walk.next = answer.next
        walk.pages += 1
        if !walk.path.hasPrefix("/diff") { #expect(Self.count(answer) == walk.count, "\(walk.path)") }
        return walk.pages < 200
    }
}
