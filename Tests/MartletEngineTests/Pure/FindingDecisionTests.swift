import MartletCore
import MartletReference
import Testing

@testable import MartletEngine
@testable import MartletStore

/// One finding through every short sequence of batches, against the plain rule: what was said in the scan is merged,
/// and a version is opened where that differs from the published one.
@Suite("FindingDecision and ResourceDecision")
struct DecisionTests {
    /// The published past of the finding.
    private enum Past: CaseIterable { case none, open, closed }

    private static let said: [Statement] = [
        Statement(status: .fail, detail: "a"), Statement(status: .fail, detail: "b"),
        Statement(status: .manual, detail: "a"), Statement(status: .pass, detail: "a"),
        Statement(status: .pass, muted: true, detail: "a"),
    ]

    @Test("every sequence of three batches, on every past")
    func findings() throws {
        for past in Past.allCases {
            for old in past == .none ? Array(Self.said.prefix(1)) : Self.said {
                for everFailed in [false, true] where everFailed || old.status != .fail {
                    for first in Self.said {
                        for second in Self.said {
                            for third in Self.said {
                                try check(past, old, everFailed, [first, second, third])
                                try check(past, old, everFailed, [first, second])
                            }
                        }
                    }
                }
            }
        }
    }

    private func check(_ past: Past, _ old: Statement, _ everFailed: Bool, _ batches: [Statement]) throws {
        var memory = FindingSlot(old: past == .none ? nil : old, closed: past == .closed, everFailed: everFailed)
        for (turn, statement) in batches.enumerated() {
            let duplicate = try memory.say(statement, at: Int64(10 + turn))
            #expect(duplicate == (turn > 0))
        }
        // The naive rule.
        let strongest = try #require(
            batches.min { FindingValue.precedes(FindingSlot.value($0), FindingSlot.value($1)) })
        let context = Comment(
            rawValue: "\(past) \(old.status) \(batches.map { "\($0.status)\($0.detail)\($0.muted)" })")
        if past == .open, strongest == old {
            #expect(memory.own == nil && memory.replaced == false, context)
            return
        }
        let own = try #require(memory.own, context)
        #expect(own.record.status == strongest.status && own.record.detail == strongest.detail, context)
        #expect(own.record.muted == strongest.muted, context)
        #expect(memory.replaced == (past == .open), context)
        let wasFailing = past == .open && old.status == .fail
        let failing = strongest.status == .fail
        let history = FindingDecision.History(
            delta: past == .none
                ? .new : past == .closed ? .returned : old.status == strongest.status ? .updated : .changed,
            transition: past != .none && everFailed && failing && !wasFailing
                ? .reopened : wasFailing && strongest.status == .pass ? .resolved : .none,
            everFailed: failing || past != .none && everFailed,
            firstSeenAt: Timestamp(milliseconds: past == .none ? 10 : 1),
            failingSince: !failing ? nil : wasFailing ? Timestamp(milliseconds: 2) : own.history.failingSince)
        #expect(own.history == history, context)
        #expect((own.history.failingSince != nil) == failing, context)
        // The scan began at 10: what was published before gives the values, never the times of this one.
        #expect(own.record.observedAt.milliseconds >= 10, context)
        if failing, !wasFailing { #expect((own.history.failingSince?.milliseconds ?? 0) >= 10, context) }
    }

    @Test("every sequence of three statements of a resource, on every past")
    func resources() throws {
        let tags = [Tag(key: "k", value: "1"), Tag(key: "k", value: "2")]
        let said = [
            ResourceObservation(uid: "u"), ResourceObservation(uid: "u", type: "T"),
            ResourceObservation(uid: "u", type: "S", tags: [tags[0]]), ResourceObservation(uid: "u", tags: [tags[1]]),
            ResourceObservation(uid: "u", type: "S", tags: tags),
        ]
        for past in Past.allCases {
            for old in past == .none ? Array(said.prefix(1)) : said {
                for first in said {
                    for second in said {
                        for third in said {
                            var slot = ResourceSlot(old: past == .none ? nil : old, closed: past == .closed)
                            for statement in [first, second, third] { try slot.say(statement) }
                            let merged = ResourceObservation.merge(.merge(first, second), third)
                            if past == .open, merged == old {
                                #expect(slot.own == nil && !slot.replaced)
                            } else {
                                #expect(slot.own == merged)
                                #expect(slot.replaced == (past == .open))
                            }
                        }
                    }
                }
            }
        }
    }
}
