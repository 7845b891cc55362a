import MartletCore

/// The resource that a request's document has, checked against what the endpoint declares: every attribute that is there
/// has its declared form, and what is required is there.
public struct ResourceInput: Sendable, Hashable {
    /// The JSON:API type.
    public let type: String
    /// The id; nil where the document has none.
    public let id: String?
    /// The attributes that were given.
    public let attributes: [String: JSONValue]
    /// The relationships that were given; none, one or more identifiers each.
    public let relationships: [String: [ResourceIdentifier]]

    /// Whether the attribute was given, be it `null`.
    public func has(_ name: String) -> Bool { attributes[name] != nil }

    /// A text; nil when it is absent or `null`.
    public func string(_ name: String) -> String? { attributes[name]?.stringValue }

    /// A whole number; nil when it is absent or `null`.
    public func integer(_ name: String) -> Int64? { attributes[name]?.intValue }

    /// `true` or `false`; nil when it is absent or `null`.
    public func boolean(_ name: String) -> Bool? { attributes[name]?.boolValue }

    /// Texts; nil when it is absent or `null`.
    public func strings(_ name: String) -> [String]? {
        attributes[name]?.arrayValue.map { $0.compactMap(\.stringValue) }
    }

    /// A moment; nil when it is absent or `null`.
    public func time(_ name: String) -> Timestamp? { string(name).flatMap { Timestamp(rfc3339: $0) } }

    /// The id of a relationship to one resource; nil when it is absent or `null`.
    public func one(_ name: String) -> String? { relationships[name]?.first?.id }

    /// The ids of a relationship to many resources; nil when it is absent.
    public func many(_ name: String) -> [String]? { relationships[name]?.map(\.id) }

    /// The place of an attribute, for errors.
    public static func pointer(_ attribute: String) -> String {
        JSONPointer(tokens: ["data", "attributes", attribute]).description
    }

    /// The place of a relationship, for errors.
    public static func relationshipPointer(_ name: String) -> String {
        JSONPointer(tokens: ["data", "relationships", name]).description
    }
}
