import MartletCore
import MartletReference
import Testing

@testable import MartletEngine

@Suite("Merging what is said twice")
struct MergeTests {
    /// All values over a small domain.
    private static func values(times: [(Int64, Int64?, Int64)]) -> [FindingValue] {
        var values: [FindingValue] = []
        for status in [Status.fail, .manual, .pass] {
            for detail in ["", "b"] {
                for severity in [Severity.low, .high] {
                    for muted in [false, true] {
                        for (first, failing, observed) in times {
                            var value = FindingValue(
                                Statement(status: status, severity: severity, muted: muted, detail: detail)
                                    .observation(at: observed, account: .init(provider: provider, uid: "1")))
                            value.firstSeenAt = Timestamp(milliseconds: first)
                            value.failingSince = failing.map { Timestamp(milliseconds: $0) }
                            values.append(value)
                        }
                    }
                }
            }
        }
        return values
    }

    private static let provider = ProviderSample.aws

    @Test("of findings: commutative and idempotent")
    func pairs() {
        let values = Self.values(times: [(1, nil, 1), (2, 1, 2), (1, 2, 3), (3, 3, 3)])
        var broken = 0
        for left in values {
            if FindingValue.merge(left, left) != left { broken += 1 }
            for right in values where FindingValue.merge(left, right) != FindingValue.merge(right, left) { broken += 1 }
        }
        #expect(broken == 0)
    }

    @Test("of findings: associative")
    func triples() {
        let values = Self.values(times: [(1, nil, 2), (2, 1, 1)])
        var broken = 0
        for first in values {
            for second in values {
                let left = FindingValue.merge(first, second)
                for third in values
                where FindingValue.merge(left, third) != .merge(first, .merge(second, third)) { broken += 1 }
            }
        }
        #expect(broken == 0)
    }

    @Test("of findings: FAIL before MANUAL before PASS, then the smaller detail, the higher severity, not muted")
    func order() throws {
        let account = try Statement.account
        func value(_ statement: Statement) -> FindingValue {
            FindingValue(statement.observation(at: 1, account: account))
        }
        let ascending: [Statement] = [
            Statement(status: .fail, detail: "a"), Statement(status: .fail, detail: "b"),
            Statement(status: .manual, severity: .high, detail: ""),
            Statement(status: .manual, severity: .low, detail: ""),
            Statement(status: .manual, severity: .low, muted: true, detail: ""),
            Statement(status: .pass, detail: "Z"), Statement(status: .pass, detail: "a"),
            Statement(status: .pass, detail: "e\u{301}"), Statement(status: .pass, detail: "\u{e9}"),
        ]
        for (index, first) in ascending.enumerated() {
            for second in ascending[index...] {
                #expect(FindingValue.merge(value(second), value(first)) == value(first))
            }
        }
    }

    @Test("of findings: the earliest time of each kind")
    func times() throws {
        let account = try Statement.account
        var left = FindingValue(Statement().observation(at: 5, account: account))
        var right = FindingValue(Statement().observation(at: 3, account: account))
        left.firstSeenAt = Timestamp(milliseconds: 1)
        right.failingSince = Timestamp(milliseconds: 2)
        let merged = FindingValue.merge(left, right)
        #expect(merged.firstSeenAt.milliseconds == 1 && merged.observedAt.milliseconds == 3)
        #expect(merged.failingSince?.milliseconds == 2)
    }

    @Test("the content hash tells apart what is stored, and nothing else")
    func content() {
        var hasher = ContentHasher()
        var seen: [ContentHash: FindingValue] = [:]
        for value in Self.values(times: [(1, nil, 1), (2, 1, 2)]) {
            let hash = value.content(&hasher)
            if let other = seen[hash] {
                #expect(
                    other.status == value.status && other.detail == value.detail && other.severity == value.severity
                        && other.muted == value.muted)
            }
            seen[hash] = value
        }
        #expect(seen.count == 24)
    }

    private static let resources: [ResourceObservation] = {
        let tags = [Tag(key: "a", value: "1"), Tag(key: "a", value: "2")]
        var resources: [ResourceObservation] = []
        for name in ["", "n", "N"] {
            for type in ["", "T"] {
                for data in ["", "{}"] {
                    for chosen in [[], [tags[0]], [tags[1]], tags] {
                        resources.append(
                            ResourceObservation(uid: "u", name: name, type: type, data: data, tags: chosen))
                    }
                }
            }
        }
        return resources
    }()

    @Test("of resources: commutative, associative and idempotent")
    func resources() {
        var broken = 0
        for first in Self.resources {
            if ResourceObservation.merge(first, first) != first { broken += 1 }
            for second in Self.resources {
                let left = ResourceObservation.merge(first, second)
                if left != .merge(second, first) { broken += 1 }
                for third in Self.resources
                where ResourceObservation.merge(left, third) != .merge(first, .merge(second, third)) { broken += 1 }
            }
        }
        #expect(broken == 0)
    }

    @Test("of resources: the smallest non-empty value of every attribute, and all tags")
    func attributes() {
        let left = ResourceObservation(
            uid: "u", name: "b", type: "", service: "z", region: "r2", partition: "", data: "{\"a\":1}",
            tags: [Tag(key: "a", value: "1"), Tag(key: "c", value: "")])
        let right = ResourceObservation(
            uid: "u", name: "a", type: "T", service: "", region: "r1", partition: "aws", data: "{}",
            tags: [Tag(key: "a", value: "0"), Tag(key: "c", value: "")])
        let merged = ResourceObservation(
            uid: "u", name: "a", type: "T", service: "z", region: "r1", partition: "aws", data: "{\"a\":1}",
            tags: [Tag(key: "a", value: "0"), Tag(key: "a", value: "1"), Tag(key: "c", value: "")])
        #expect(ResourceObservation.merge(left, right) == merged)
        // '"' sorts before '}'.
        #expect("{\"a\":1}".utf8.lexicographicallyPrecedes("{}".utf8))
    }

    @Test("every attribute of a resource is part of its content, and none runs into the next")
    func resourceContent() {
        var hasher = ContentHasher()
        var all = Self.resources
        for field in [\ResourceObservation.service, \.region, \.partition, \.uid, \.data, \.type, \.name] {
            var one = ResourceObservation(uid: "")
            one[keyPath: field] = "x"
            all.append(one)
        }
        #expect(Set(all.map { $0.content(&hasher) }).count == Set(all).count)
    }
}
