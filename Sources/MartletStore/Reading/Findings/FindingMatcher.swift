import MartletCore
import MartletPolicy

/// The conditions of a ``FindingFilter`` that are decided on names: compiled once, pure.
struct FindingMatcher {
    private let checks: [GlobPattern]
    private let services: [GlobPattern]
    private let resources: [GlobPattern]
    private let regions: Set<String>
    private let tags: [TagFilter]
    private let search: [UInt8]?
    private let parts: [FindingText: [UInt8]]
    private let uids: Set<String>
    private let names: Set<String>
    private let types: Set<String>
    private let sourceUIDs: Set<String>?
    private let checkNames: Set<String>?

    init(_ filter: FindingFilter) throws {
        checks = try filter.checks.map { try GlobPattern($0) }
        services = try filter.services.map { try GlobPattern($0) }
        resources = try filter.resources.map { try GlobPattern($0) }
        regions = Set(filter.regions)
        tags = filter.tags
        search = filter.search.map { Array($0.utf8).map(Self.lower) }
        parts = filter.parts.mapValues { Array($0.utf8).map(Self.lower) }
        uids = Set(filter.resourceUIDs)
        names = Set(filter.resourceNames)
        types = Set(filter.resourceTypes)
        sourceUIDs = filter.sourceUIDs
        checkNames = filter.checkNames
    }

    func matches(check id: String) -> Bool {
        (checkNames?.contains(id) ?? true) && (checks.isEmpty || checks.contains { $0.matches(id) })
            && has(.check, in: id)
    }

    func matches(service: String) -> Bool {
        (services.isEmpty || services.contains { $0.matches(service) }) && has(.service, in: service)
    }

    /// Rows may fall through that numbers let pass.
    var isNarrow: Bool {
        !resources.isEmpty || !tags.isEmpty || search != nil || !services.isEmpty || !uids.isEmpty || !names.isEmpty
            || !types.isEmpty || sourceUIDs != nil
            || parts.keys.contains { $0 != .check && $0 != .region }
    }

    private func has(_ text: FindingText, in value: String) -> Bool {
        guard let part = parts[text] else { return true }
        return Self.contains(value, part)
    }

    /// The whole decision but for status, severity, delta and mute.
    func matches(_ row: FindingRow) -> Bool {
        matches(check: row.check.check) && matches(service: row.check.service) && matches(regions: row.regions)
            && matches(resource: row.resource) && matches(detail: row.detail, check: row.check)
            && (sourceUIDs?.contains(row.sourceUID) ?? true)
    }

    func matches(regions named: [String]) -> Bool {
        (regions.isEmpty || (named.isEmpty ? regions.contains("") : named.contains(where: regions.contains)))
            && (parts[.region] == nil || named.contains { has(.region, in: $0) })
    }

    func matches(resource: ResourceObservation) -> Bool {
        guard
            resources.isEmpty
                || resources.contains(where: { $0.matches(resource.uid) || $0.matches(resource.name) })
        else { return false }
        guard uids.isEmpty || uids.contains(resource.uid), names.isEmpty || names.contains(resource.name),
            types.isEmpty || types.contains(resource.type), has(.resourceUID, in: resource.uid),
            has(.resourceName, in: resource.name), has(.resourceType, in: resource.type)
        else { return false }
        return tags.allSatisfy { filter in resource.tags.contains { filter.matches($0) } }
    }

    func matches(detail: String, check: CheckMetadata) -> Bool {
        guard let search else { return true }
        return [detail, check.check, check.title].contains { Self.contains($0, search) }
    }

    /// Plain search over bytes, without regard to ASCII case.
    private static func contains(_ text: String, _ words: [UInt8]) -> Bool {
        guard let first = words.first else { return true }
        let bytes = Array(text.utf8)
        guard bytes.count >= words.count else { return false }
        for start in 0...(bytes.count - words.count) where lower(bytes[start]) == first {
            if words.indices.allSatisfy({ lower(bytes[start + $0]) == words[$0] }) { return true }
        }
        return false
    }

    private static func lower(_ byte: UInt8) -> UInt8 { byte &- 65 < 26 ? byte | 0x20 : byte }
}

extension TagFilter {
    /// Whether a tag satisfies the condition.
    func matches(_ tag: Tag) -> Bool { tag.key == key && (value == nil || tag.value == value) }
}
