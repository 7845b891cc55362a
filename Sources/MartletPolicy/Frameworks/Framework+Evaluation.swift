import MartletCore

extension Framework {
    /// The part of the framework that evaluation needs, as a document of the universal form that ``load(document:fileName:)``
    /// reads: names, requirements with their ids, checks and config constraints, and what a ThreatScore needs. A tenth of
    /// the whole, so that every publish can afford to read it.
    public var evaluationDocument: JSONValue {
        var members: [JSONValue.Member] = [
            .init("framework", .string(name)), .init("name", .string(title)), .init("version", .string(version)),
        ]
        if providers.count == 1, let provider = providers.first { members.append(.init("provider", .string(provider))) }
        members.append(.init("requirements", .array(requirements.map(\.evaluationDocument))))
        return .object(members)
    }
}

extension Requirement {
    fileprivate var evaluationDocument: JSONValue {
        var members: [JSONValue.Member] = [.init("id", .string(id))]
        var attributes: [JSONValue.Member] = []
        if let levelOfRisk { attributes.append(.init("LevelOfRisk", .int(Int64(levelOfRisk)))) }
        if let weight { attributes.append(.init("Weight", .int(Int64(weight)))) }
        if let section, !attributes.isEmpty { attributes.append(.init("Section", .string(section))) }
        if !attributes.isEmpty { members.append(.init("attributes", .object(attributes))) }
        let mapped = checks.sorted { $0.key < $1.key }
            .map { JSONValue.Member($0.key, .array($0.value.map(JSONValue.string))) }
        members.append(.init("checks", .object(mapped)))
        if !configConstraints.isEmpty {
            members.append(.init("config_requirements", .array(configConstraints.map(\.document))))
        }
        return .object(members)
    }
}

extension ConfigConstraint {
    fileprivate var document: JSONValue {
        var members: [JSONValue.Member] = [
            .init("Check", .string(check)), .init("ConfigKey", .string(key)),
            .init("Operator", .string(operation.rawValue)), .init("Value", value),
        ]
        if let provider { members.append(.init("Provider", .string(provider))) }
        return .object(members)
    }
}
