import MartletHTTPClient

/// Why a call gave no answer that can be used. Part of coverage: it never becomes an empty list.
public struct CallFailure: Error, Sendable, Hashable {
    /// What it means for the checks that need the call.
    public enum Kind: Sendable, Hashable {
        /// The identity may not make the call, or its token is refused.
        case denied
        /// There is no such thing; only a call that says so in its definition takes this as a fact.
        case missing
        /// The provider does not have what is asked for here: another cloud, a licence that is not there.
        case unsupported
        /// Everything else that did not get better by repeating.
        case errored
        /// The scan was cancelled.
        case cancelled
    }

    /// What it means.
    public var kind: Kind
    /// The call, for a person: the method's path without values of the query.
    public var call: String
    /// The status of the last answer; nil when there was none.
    public var status: Int?
    /// The error's code as the provider gives it; may be empty.
    public var code: String
    /// What happened; no secrets.
    public var message: String
    /// What the identity would have to be allowed.
    public var permission: String

    /// Makes a failure.
    public init(
        _ kind: Kind, call: String, status: Int? = nil, code: String = "", message: String, permission: String = ""
    ) {
        self.kind = kind
        self.call = call
        self.status = status
        self.code = code
        self.message = message
        self.permission = permission
    }
}
