import MartletCore

/// The form in which a resource's tags are stored: key and value alternate, each ended by U+0001 (which no tag may
/// contain), in the tags' order.
public enum TagText {
    /// Ends a key or a value.
    public static let terminator: Character = "\u{1}"

    /// The stored form.
    public static func encode(_ tags: [Tag]) -> String {
        var text = ""
        for tag in tags {
            text += tag.key
            text.append(terminator)
            text += tag.value
            text.append(terminator)
        }
        return text
    }

    /// The tags of a stored form.
    public static func decode(_ text: String) -> [Tag] {
        guard !text.isEmpty else { return [] }
        // By bytes: as characters, a combining mark would swallow the terminator.
        let fields = text.utf8.split(separator: 1, omittingEmptySubsequences: false)
        var tags: [Tag] = []
        var index = 0
        while index + 1 < fields.count {
            if let key = String(fields[index]), let value = String(fields[index + 1]) {
                tags.append(Tag(key: key, value: value))
            }
            index += 2
        }
        return tags
    }

    /// The number under which resources are found by a tag.
    public static func number(of tag: Tag) -> Int64 {
        var hasher = ContentHasher()
        hasher.add(tag.key)
        hasher.add(tag.value)
        return Int64(bitPattern: hasher.finish().high)
    }
}
