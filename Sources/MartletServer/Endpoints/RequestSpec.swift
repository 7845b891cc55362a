/// The body that an endpoint takes.
public enum RequestSpec: Sendable, Hashable {
    /// None; a body is refused.
    case none
    /// A JSON:API document with one resource of this form.
    case resource(ResourceSchema)
    /// A JSON:API document whose data is a list of resource identifiers of this type (relationship endpoints).
    case identifiers(String)
    /// Plain JSON of this form (OpenShield's endpoints).
    case json(Schema)
    /// `multipart/form-data` with these parts; read by the handler as it comes.
    case multipart([Property])
    /// Bytes of one of these media types; read by the handler as they come.
    case raw([String])

    /// The media types that are accepted; empty for none.
    public var mediaTypes: [String] {
        switch self {
        case .none: []
        case .resource, .identifiers: [JSONAPI.mediaType, "application/json"]
        case .json: ["application/json"]
        case .multipart: ["multipart/form-data"]
        case .raw(let types): types
        }
    }
}
