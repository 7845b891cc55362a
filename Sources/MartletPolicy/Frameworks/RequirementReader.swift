import MartletCore

/// Reads the requirements of a framework document.
struct RequirementReader {
    let fields: FrameworkFields
    let keys: FrameworkKeys
    /// The provider of a legacy document; nil for the universal form.
    let provider: String?

    /// In the order of the file, those with the same id merged into the first.
    func requirements(_ document: JSONValue) throws(MartletError) -> [Requirement] {
        guard let list = try fields.list(document, keys.requirements, at: "") else {
            throw fields.failure("/\(keys.requirements)", "missing; expected an array of requirements")
        }
        var requirements: [Requirement] = []
        requirements.reserveCapacity(list.count)
        var places: [String: Int] = [:]
        for (index, element) in list.enumerated() {
            let requirement = try requirement(element, at: "/\(keys.requirements)/\(index)")
            if let place = places[requirement.id] {
                requirements[place].merge(requirement)
            } else {
                places[requirement.id] = requirements.count
                requirements.append(requirement)
            }
        }
        return requirements
    }

    private func requirement(_ object: JSONValue, at pointer: String) throws(MartletError) -> Requirement {
        guard case .object = object else {
            throw fields.failure(pointer, "expected an object, found \(FrameworkFields.describe(object))")
        }
        return Requirement(
            id: try fields.identifier(fields.value(object, keys.id), at: "\(pointer)/\(keys.id)"),
            name: try fields.text(object, keys.name, at: pointer) ?? "",
            description: try fields.text(object, keys.description, at: pointer) ?? "",
            attributes: try attributes(object, at: pointer), checks: try checks(object, at: pointer),
            configConstraints: try constraints(object, at: pointer),
            tactics: try fields.texts(object, keys.tactics, at: pointer),
            subTechniques: try fields.texts(object, keys.subTechniques, at: pointer),
            platforms: try fields.texts(object, keys.platforms, at: pointer),
            techniqueURL: try fields.text(object, keys.techniqueURL, at: pointer) ?? "", pointer: pointer)
    }

    private func attributes(_ object: JSONValue, at pointer: String) throws(MartletError) -> [JSONValue] {
        let place = "\(pointer)/\(keys.attributes)"
        guard let value = fields.value(object, keys.attributes) else { return [] }
        let attributes: [JSONValue]
        switch (value, provider) {
        case (.array(let list), .some): attributes = list
        case (.object, .none): attributes = [value]
        case (_, .some): throw fields.mismatch("an array of objects", value, pointer, keys.attributes)
        case (_, .none): throw fields.mismatch("an object", value, pointer, keys.attributes)
        }
        for (index, attribute) in attributes.enumerated() {
            guard case .object = attribute else {
                throw fields.failure(
                    "\(place)/\(index)", "expected an object, found \(FrameworkFields.describe(attribute))")
            }
        }
        if let first = attributes.first {
            try checkThreatScore(first, at: provider == nil ? place : "\(place)/0")
        }
        return attributes
    }

    /// A weight, or a level of risk that is a number, makes an attribute one of a ThreatScore; then both must be in range.
    private func checkThreatScore(_ attribute: JSONValue, at pointer: String) throws(MartletError) {
        let risk = fields.value(attribute, "LevelOfRisk")
        let weight = fields.value(attribute, "Weight")
        if let risk, risk.doubleValue != nil || weight != nil {
            guard let number = risk.intValue, Requirement.riskRange.contains(number) else {
                throw fields.failure("\(pointer)/LevelOfRisk", "expected a whole number from 1 to 5")
            }
        }
        if let weight {
            guard let number = weight.intValue, Requirement.weightRange.contains(number) else {
                throw fields.failure("\(pointer)/Weight", "expected a whole number from 0 to 1000000")
            }
        }
    }

    private func checks(_ object: JSONValue, at pointer: String) throws(MartletError) -> [String: [String]] {
        guard let value = fields.value(object, keys.checks) else { return [:] }
        let place = "\(pointer)/\(keys.checks)"
        if let provider {
            let checks = try fields.checks(value, at: place)
            return checks.isEmpty ? [:] : [provider: checks]
        }
        guard let members = value.objectValue else {
            throw fields.mismatch("an object of providers", value, pointer, keys.checks)
        }
        var result: [String: [String]] = [:]
        for member in members where !member.value.isNull {
            let checks = try fields.checks(member.value, at: FrameworkFields.pointer(place, member.key))
            let provider = try fields.identifier(
                .string(member.key), at: FrameworkFields.pointer(place, member.key)
            ).lowercased()
            if !checks.isEmpty { result[provider] = Requirement.unique((result[provider] ?? []) + checks) }
        }
        return result
    }

    private func constraints(_ object: JSONValue, at pointer: String) throws(MartletError) -> [ConfigConstraint] {
        var constraints: [ConfigConstraint] = []
        for (index, element) in try (fields.list(object, keys.constraints, at: pointer) ?? []).enumerated() {
            constraints.append(
                try ConfigConstraint(element, at: "\(pointer)/\(keys.constraints)/\(index)", fields: fields))
        }
        return constraints
    }
}
