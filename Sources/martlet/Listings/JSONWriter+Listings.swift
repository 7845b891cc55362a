import MartletCore

extension JSONWriter {
    /// A time as RFC 3339, or `null`.
    mutating func field(_ key: String, _ time: Timestamp?) { field(key, time?.rfc3339) }

    /// Text, or `null` for the empty text that stands for "not said".
    mutating func said(_ key: String, _ text: String) { field(key, text.isEmpty ? nil : text) }

    /// The account's id and its provider.
    mutating func account(_ account: AccountKey) {
        field("account", account.uid)
        field("provider", account.provider.name)
    }

    /// `region`, its name, `null` or several names joined with commas, and `regions`, always an array.
    mutating func regions(_ regions: [String]) {
        said("region", regions.joined(separator: ","))
        field("regions", regions)
    }

    /// An object of keys and values; a key that has several values gets an array of them.
    mutating func tags(_ tags: [Tag]) {
        key("tags")
        beginObject()
        var rest = tags.sorted()[...]
        while let first = rest.first {
            let same = rest.prefix { $0.key == first.key }
            if same.count == 1 { field(first.key, first.value) } else { field(first.key, same.map(\.value)) }
            rest = rest.dropFirst(same.count)
        }
        endObject()
    }
}
