import MartletCore
import MartletStore

/// Entity tags of answers that are made from postures: they change when a visible account's posture does, and differ by
/// query, representation and what the caller may see.
enum PostureTag {
    static let validator: Endpoint.Validator = { context in
        // A scan's name changes without its posture.
        guard !context.query.include.contains("scan") else { return nil }
        let visible = try context.visible
        let groups = context.query.texts("provider_groups")
        let members = context.services.membersOfGroups
        let (stamp, grouped) = try await context.store.readRetrying { reader in
            (try reader.postureStamp(visible), try groups.map { try members($0, reader) })
        }
        var hasher = ContentHasher()
        hasher.add(stamp)
        // Who is in a group changes without any posture.
        if let grouped { for number in grouped.sorted() { hasher.add(number) } }
        hasher.addNil()
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
