import MartletCEL
import MartletCore

extension CheckExample {
    /// What the check is given: the example's JSON as a scan would give it.
    func input(for check: CheckDefinition) -> CheckInput {
        CheckInput(
            resource: Self.cel(resource), child: Self.cel(child), parent: Self.cel(parent),
            data: .object(
                check.data.map { entry in
                    let items = data[entry.name]?.arrayValue ?? []
                    return (entry.name, entry.arrange(items.map(Self.cel)))
                }),
            account: Self.cel(account), now: now)
    }

    private static func cel(_ value: JSONValue) -> CELValue { CELValue(json: value.withoutNullMembers) }

    private static func cel(_ members: [String: JSONValue]) -> CELValue {
        .object(members.sorted { $0.key < $1.key }.filter { !$0.value.isNull }.map { ($0.key, cel($0.value)) })
    }
}

extension CELValue {
    /// A map from names to values.
    static func object(_ members: [(String, CELValue)]) -> CELValue {
        CELMap(members.map { (CELValue.string($0.0), $0.1) }).map { .map($0) } ?? .map(.empty)
    }
}
