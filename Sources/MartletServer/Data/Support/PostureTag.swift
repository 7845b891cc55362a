import MartletCore
import MartletStore

/// Entity tags of answers that are made from postures: they change when a visible account's posture does, and differ by
/// query, representation and what the caller may see.
enum PostureTag {
    static let validator: Endpoint.Validator = { context in
        let visible = try context.visible
        let stamp = try await context.store.readRetrying { try $0.postureStamp(visible) }
        var hasher = ContentHasher()
        hasher.add(stamp)
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
