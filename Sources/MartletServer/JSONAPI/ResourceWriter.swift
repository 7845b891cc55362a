import MartletCore

/// Writes one resource object: attributes first, then relationships, then links and meta. What `fields[type]` leaves out
/// is skipped, so callers name everything.
public struct ResourceWriter {
    private enum Section: Int {
        case none, attributes, relationships, links, meta

        /// The member's name.
        var name: String {
            switch self {
            case .none: ""
            case .attributes: "attributes"
            case .relationships: "relationships"
            case .links: "links"
            case .meta: "meta"
            }
        }
    }

    var json: JSONWriter
    /// The resource's own.
    let id: String
    private let fields: Set<String>?
    private var section = Section.none

    init(json: JSONWriter, identifier: ResourceIdentifier, fields: Set<String>?) {
        self.json = json
        id = identifier.id
        self.fields = fields
        self.json.beginObject()
        self.json.field("type", identifier.type)
        self.json.field("id", identifier.id)
    }

    mutating func finish() {
        // Clients of Prowler expect attributes in every resource, be they none.
        if section.rawValue < Section.attributes.rawValue { enter(.attributes) }
        if section != .none { json.endObject() }
        json.endObject()
    }

    /// Whether the field is wanted, for values that cost something to make.
    public func wants(_ name: String) -> Bool { fields?.contains(name) ?? true }

    /// An attribute whose value `write` writes as one JSON value.
    public mutating func attribute(_ name: String, _ write: (inout JSONWriter) -> Void) {
        guard wants(name) else { return }
        enter(.attributes)
        json.key(name)
        write(&json)
    }

    /// A text.
    public mutating func attribute(_ name: String, _ value: String) { attribute(name) { $0.string(value) } }

    /// A text, or `null`.
    public mutating func attribute(_ name: String, _ value: String?) {
        attribute(name) { json in if let value { json.string(value) } else { json.null() } }
    }

    /// A whole number.
    public mutating func attribute(_ name: String, _ value: some BinaryInteger) { attribute(name) { $0.int(value) } }

    /// A whole number, or `null`.
    public mutating func attribute(_ name: String, _ value: Int64?) {
        attribute(name) { json in if let value { json.int(value) } else { json.null() } }
    }

    /// A number.
    public mutating func attribute(_ name: String, _ value: Double) { attribute(name) { $0.double(value) } }

    /// `true` or `false`.
    public mutating func attribute(_ name: String, _ value: Bool) { attribute(name) { $0.bool(value) } }

    /// `true`, `false` or `null`.
    public mutating func attribute(_ name: String, _ value: Bool?) {
        attribute(name) { json in if let value { json.bool(value) } else { json.null() } }
    }

    /// A moment, or `null`.
    public mutating func attribute(_ name: String, _ value: Timestamp?) { attribute(name, value?.rfc3339) }

    /// Texts.
    public mutating func attribute(_ name: String, _ values: [String]) {
        attribute(name) { json in
            json.beginArray()
            for value in values { json.string(value) }
            json.endArray()
        }
    }

    /// Any value.
    public mutating func attribute(_ name: String, _ value: JSONValue) { attribute(name) { $0.value(value) } }

    /// A relationship to one resource, or none.
    public mutating func one(_ name: String, _ identifier: ResourceIdentifier?) {
        guard wants(name) else { return }
        enter(.relationships)
        json.key(name)
        json.beginObject()
        json.key("data")
        write(identifier)
        json.endObject()
    }

    /// A relationship to any number of resources; `count` is larger than the number given where not all are named.
    public mutating func many(_ name: String, _ identifiers: [ResourceIdentifier], count: Int? = nil) {
        guard wants(name) else { return }
        enter(.relationships)
        json.key(name)
        json.beginObject()
        json.key("meta")
        json.beginObject()
        json.field("count", count ?? identifiers.count)
        json.endObject()
        json.key("data")
        json.beginArray()
        for identifier in identifiers { write(identifier) }
        json.endArray()
        json.endObject()
    }

    /// A link, such as `self`.
    public mutating func link(_ name: String, _ url: String) {
        enter(.links)
        json.field(name, url)
    }

    /// A member of the resource's `meta`.
    public mutating func meta(_ name: String, _ value: JSONValue) {
        enter(.meta)
        json.field(name, value)
    }

    private mutating func write(_ identifier: ResourceIdentifier?) {
        guard let identifier else { return json.null() }
        json.beginObject()
        json.field("type", identifier.type)
        json.field("id", identifier.id)
        json.endObject()
    }

    private mutating func enter(_ next: Section) {
        guard next != section else { return }
        assert(next.rawValue > section.rawValue, "attributes, relationships, links, meta: in this order")
        if section == .none, next != .attributes {
            json.key("attributes")
            json.beginObject()
        }
        if section != .none || next != .attributes { json.endObject() }
        section = next
        json.key(next.name)
        json.beginObject()
    }
}
