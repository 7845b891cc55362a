import MartletCore

/// What a test of an account's connection has found. Nothing of it is secret.
public struct ConnectionResult: Sendable, Hashable {
    /// Whether the platform let the account's credentials in; nil where only the platform's own scanner could tell.
    public var isConnected: Bool?
    /// The source that was tested: `azure`, `external:NAME`.
    public var source: String
    /// A stable word for why it is not connected, such as `denied`, `not_found`, `io`; nil without an error.
    public var code: String?
    /// Why it is not connected and what to do about it, or what was tested.
    public var message: String?

    /// A result; what is not given is not known.
    public init(source: String, isConnected: Bool? = nil, code: String? = nil, message: String? = nil) {
        self.source = source
        self.isConnected = isConnected
        self.code = code
        self.message = message
    }

    /// `connected`, `error`, and besides `code`, `source` and `note`.
    public var json: JSONValue {
        let text = message.map(JSONValue.string) ?? .null
        return .object([
            .init("connected", isConnected.map(JSONValue.bool) ?? .null), .init("error", code == nil ? .null : text),
            .init("code", code.map(JSONValue.string) ?? .null), .init("source", .string(source)),
            .init("note", code == nil ? text : .null),
        ])
    }
}
