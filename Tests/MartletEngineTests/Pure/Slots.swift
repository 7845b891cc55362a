import MartletCore
import MartletReference
import Testing

@testable import MartletEngine
@testable import MartletStore

/// Carries out the actions of ``FindingDecision`` for one finding, as the writer does with tables.
struct FindingSlot {
    struct Own {
        var version: FindingVersion
        var record: FindingValue
        var history: FindingDecision.History
    }

    private let published: FindingVersion?
    private let publishedValue: FindingValue?
    private var seen = false
    private(set) var own: Own?
    private(set) var replaced = false
    private var nextID: Int64 = 100

    /// A published version saw the finding first at 1 and, where it is FAIL, FAIL since 2.
    init(old: Statement?, closed: Bool, everFailed: Bool) {
        guard let old else {
            (published, publishedValue) = (nil, nil)
            return
        }
        let value = Self.value(old)
        var hasher = ContentHasher()
        publishedValue = value
        published = FindingVersion(
            id: 1, openedIn: 1, closedIn: closed ? 2 : nil, content: value.content(&hasher), status: old.status,
            everFailed: everFailed || old.status == .fail, firstSeenAt: Timestamp(milliseconds: 1),
            failingSince: old.status == .fail ? Timestamp(milliseconds: 2) : nil)
    }

    static func value(_ statement: Statement, at time: Int64 = 1) -> FindingValue {
        FindingValue(
            statement.observation(at: time, account: AccountKey(provider: ProviderSample.aws, uid: "1")))
    }

    /// One batch with one statement; whether it was a duplicate.
    mutating func say(_ statement: Statement, at time: Int64) throws -> Bool {
        var hasher = ContentHasher()
        let value = Self.value(statement, at: time)
        let finding = PreparedBatch.Finding(
            fingerprint: ContentHash(high: 1, low: 1), check: "c", regionSet: "", resource: 0, discriminator: "",
            value: value, content: value.content(&hasher))
        let decision = FindingDecision(published: published, own: own?.version, seen: seen)
        var stored: FindingContent?
        if let needed = decision.needsContent(for: finding) {
            let source = try #require(needed.id == 1 ? publishedValue : own?.record)
            stored = FindingContent(
                status: source.status, severity: source.severity, muted: source.muted, detail: source.detail,
                firstSeenAt: needed.firstSeenAt, observedAt: source.observedAt)
        }
        let outcome = decision.decide(finding, stored: stored, hasher: &hasher)
        if decision.current != nil { seen = true }
        if let removed = outcome.remove {
            #expect(removed == own?.version.id)
            own = nil
        }
        if let replaces = outcome.replaces { replaced = replaces }
        if let open = outcome.open {
            #expect(own == nil, "two versions of one generation")
            let history = decision.history(of: open.value)
            nextID += 1
            own = Own(
                version: FindingVersion(
                    id: nextID, openedIn: 9, closedIn: nil, content: open.content, status: open.value.status,
                    everFailed: history.everFailed, firstSeenAt: history.firstSeenAt,
                    failingSince: history.failingSince),
                record: open.value, history: history)
        }
        return outcome.duplicate
    }
}

/// The same for ``ResourceDecision``.
struct ResourceSlot {
    private let published: ResourceVersion?
    private let publishedValue: ResourceObservation?
    private var version: ResourceVersion?
    private var seen = false
    private(set) var own: ResourceObservation?
    private(set) var replaced = false

    init(old: ResourceObservation?, closed: Bool) {
        var hasher = ContentHasher()
        publishedValue = old
        published = old.map {
            ResourceVersion(
                id: 1, resource: 5, openedIn: 1, closedIn: closed ? 2 : nil, content: $0.content(&hasher),
                firstSeenAt: Timestamp(milliseconds: 1))
        }
    }

    mutating func say(_ observation: ResourceObservation) throws {
        var hasher = ContentHasher()
        let resource = PreparedBatch.Resource(
            key: ContentHash(high: 1, low: 1), observation: observation, content: observation.content(&hasher),
            observedAt: Timestamp(milliseconds: 10))
        let decision = ResourceDecision(published: published, own: version, seen: seen)
        let needed = decision.needsObservation(for: resource)
        let stored = needed.flatMap { $0.id == 1 ? publishedValue : own }
        let outcome = decision.decide(resource, stored: stored, hasher: &hasher)
        if decision.current != nil { seen = true }
        #expect(published == nil || decision.number == 5)
        if let removed = outcome.remove {
            #expect(removed.id == version?.id && removed.tags == own?.tags)
            (own, version) = (nil, nil)
        }
        if let replaces = outcome.replaces { replaced = replaces }
        if let open = outcome.open {
            #expect(own == nil, "two versions of one generation")
            own = open.observation
            version = ResourceVersion(
                id: 100, resource: 5, openedIn: 9, closedIn: nil, content: open.content,
                firstSeenAt: Timestamp(milliseconds: 10))
        }
    }
}

enum ProviderSample {
    static let aws = Provider.known.compactMap { Provider(name: $0) }[1]
}
