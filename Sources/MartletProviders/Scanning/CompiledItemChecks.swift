import MartletCEL
import MartletCore
import MartletPolicy

/// Compiled checks as a scan runs them: what was collected becomes values of their language once for each item, whatever
/// the number of checks that look at it.
public struct CompiledItemChecks: ItemChecks {
    private let checks: [CompiledCheck]
    private let now: Timestamp
    /// What each check needs.
    public let needs: [CheckNeeds]

    /// Checks that look at `now`.
    public init(_ checks: [CompiledCheck], now: Timestamp) {
        self.checks = checks
        self.now = now
        needs = checks.map { Self.needs(of: $0.definition) }
    }

    /// What a check needs of collectors.
    public static func needs(of check: CheckDefinition) -> CheckNeeds {
        var distinct: [String: Set<FieldPath>] = [:]
        for (collector, uses) in Dictionary(grouping: check.data, by: \.collector) {
            let paths = uses.compactMap { use in
                if case .index(let path) = use.arrangement { FieldPath(keys: path) } else { nil }
            }
            if paths.count == uses.count { distinct[collector] = Set(paths) }
        }
        return CheckNeeds(
            check: check.id, collector: check.resource, children: check.needs, data: check.data.map(\.collector),
            distinct: distinct)
    }

    /// What findings of a check carry of it.
    public func metadata(of place: Int) -> CheckMetadata { checks[place].definition.metadata }

    /// The checks with what they need as a whole; checks that name the same collector share its items.
    public func ready(with held: [String: CollectedAnswer], account: ScannedAccount) -> any ReadyChecks {
        let values = held.mapValues { CELValue(answer: $0) }
        let data = checks.map { check in
            CELValue.object(
                check.definition.data.map { entry in
                    guard case .list(let list)? = values[entry.collector] else {
                        // A call that failed is a value, too: whoever reads it fails.
                        return (entry.name, values[entry.collector] ?? .list(.empty))
                    }
                    return (entry.name, entry.arrange(list.elements))
                })
        }
        let account = CELValue.object([
            ("id", .string(account.id)), ("name", .string(account.name)), ("tenant", .string(account.tenant)),
        ])
        return Ready(checks: checks, data: data, account: account, now: now)
    }

    private struct Ready: ReadyChecks {
        let checks: [CompiledCheck]
        let data: [CELValue]
        let account: CELValue
        let now: Timestamp

        func evaluate(_ places: [Int], on item: CollectedItem) -> [[CheckOutcome]] {
            var input = CheckInput(
                resource: CELValue(document: item.item),
                child: .object(
                    item.children.sorted { $0.key < $1.key }.filter { !$0.value.isNothing }.map {
                        ($0.key, CELValue(answer: $0.value))
                    }),
                parent: .object(
                    item.parents.sorted { $0.key < $1.key }.map { ($0.key, CELValue(document: $0.value)) }),
                data: .map(.empty), account: account, now: now)
            return places.map { place in
                input.data = data[place]
                return checks[place].evaluate(input)
            }
        }
    }
}

extension CollectedAnswer {
    /// An answer that says that there is nothing.
    fileprivate var isNothing: Bool {
        if case .document(.null) = self { true } else { false }
    }
}

extension CELValue {
    /// A document of a provider; members that are null count as absent.
    fileprivate init(document: JSONValue) { self.init(json: document.withoutNullMembers) }

    fileprivate init(answer: CollectedAnswer) {
        switch answer {
        case .document(let document): self.init(document: document)
        case .list(let answers): self = .list(CELList(answers.lazy.map { CELValue(answer: $0) }))
        case .failed(let key): self = .failure(key)
        }
    }

    fileprivate static func object(_ members: [(String, CELValue)]) -> CELValue {
        CELMap(members.map { (CELValue.string($0.0), $0.1) }).map { .map($0) } ?? .map(.empty)
    }
}
