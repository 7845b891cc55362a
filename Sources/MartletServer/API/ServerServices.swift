import MartletCore
import MartletEngine
import MartletStore

/// What handlers work with: the store, and what is shared between requests.
///
/// Endpoints are plain values without state; whatever a handler needs beyond the request stands here.
public struct ServerServices: Sendable {
    /// The store; handlers take the caller's tenant from ``RequestContext/store``.
    public var store: Store
    /// Finds out who makes a request.
    public var authenticator: any Authenticator
    /// Counts and latencies of requests.
    public var metrics = ServerMetrics()
    /// How the store and the queue are doing.
    public var health = HealthCache()
    /// Tells listeners how far scans are.
    public var progress = ProgressHub()
    /// Takes the spans of requests; nil where nobody collects any.
    public var spans: (any SpanRecorder)?
    /// What `/metrics` asks for as a bearer token; nil for nothing.
    public var metricsToken: String?
    /// Logins, sessions and users; nil where nobody can log in.
    public var access: Access?
    /// Logins at an identity provider; nil where there is none.
    public var identityLogins: IdentityLogins?
    /// Whether anybody may sign up and get a tenant, without an invitation.
    public var allowsSignUp = false
    /// Martlet's version, as documents name it.
    public var program = "unknown"
    /// What was counted of postures.
    public var postures = PostureCache()
    /// Gives the keys of a store's secrets; nil where the server has none, and then no secret can be set.
    public var secretKeys: (@Sendable (Store) async throws -> SecretKeyRing)?
    /// The numbers of the accounts in groups of accounts, by the groups' UUIDs.
    public var membersOfGroups: @Sendable (Set<String>, StoreReader) throws -> Set<Int64> = { _, _ in [] }
    /// Writes a change into the audit log, within the change's transaction.
    public var audit: @Sendable (RequestContext, AuditNote, any Connection) throws -> Void = { _, _, _ in }
    /// UUIDs of the groups that accounts are in, by the accounts' numbers.
    public var groupsOfAccounts: @Sendable (StoreReader) throws -> [Int64: [String]] = { _ in [:] }

    /// Services of their parts.
    public init(store: Store, authenticator: any Authenticator, access: Access? = nil) {
        self.store = store
        self.authenticator = authenticator
        self.access = access
    }
}
