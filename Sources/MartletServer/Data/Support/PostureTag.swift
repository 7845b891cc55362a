import MartletCore
import MartletStore

/// Entity tags of answers that are made from postures: they change when a visible account's posture does, or what is known
/// of checks, and differ by query, representation and what the caller may see.
enum PostureTag {
    static let validator: Endpoint.Validator = { context in
        // A scan's name changes without its posture.
        context.query.include.contains("scan") ? nil : try await tag(context)
    }

    /// For answers that end today unless `filter[field]` says otherwise: tomorrow they are others, without a scan.
    static func endingToday(unless field: String) -> Endpoint.Validator {
        { context in
            let isGiven = context.query.values(field) != nil
            return try await tag(context) { isGiven ? nil : try $0.now() }
        }
    }

    /// - Parameter now: The moment on whose day (UTC) the answer depends; nil where it depends on none.
    static func tag(
        _ context: RequestContext, now: @escaping @Sendable (StoreReader) throws -> Timestamp? = { _ in nil }
    ) async throws -> EntityTag {
        let visible = try context.visible
        let groups = context.query.texts("provider_groups")
        let members = context.services.membersOfGroups
        let content = try await context.store.readRetrying { reader in
            var hasher = ContentHasher()
            hasher.add(try reader.postureStamp(visible))
            hasher.add(try reader.checkStamp())
            if let now = try now(reader) { hasher.add(now.milliseconds / 86_400_000) } else { hasher.addNil() }
            // Who is in a group changes without any posture.
            if let groups { for number in try members(groups, reader).sorted() { hasher.add(number) } }
            hasher.addNil()
            return hasher.finish()
        }
        var hasher = ContentHasher()
        hasher.add(content)
        hasher.add(context.mediaType)
        hasher.add(context.endpoint.path.description)
        for (name, value) in context.pathValues.sorted(by: { $0.key < $1.key }) {
            hasher.add(name)
            hasher.add(value)
        }
        for item in context.query.items.sorted(by: { $0.name < $1.name }) {
            hasher.add(item.name)
            hasher.add(item.value)
        }
        if let visible { for number in visible.sorted() { hasher.add(number) } } else { hasher.addNil() }
        hasher.add(context.origin)
        return EntityTag(hasher.finish().hex)
    }
}
