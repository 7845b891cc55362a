import MartletCore
import MartletStore

extension Access {
    /// Logs in with email and password.
    ///
    /// - Parameters:
    ///   - tenant: The id of the tenant to enter; nil for the one that the user joined first.
    ///   - address: Where the login comes from, for the limits on failures and for the audit log.
    /// - Throws: ``MartletError`` `throttled` when too many log in at once.
    public func login(
        email: String, password: SecretBytes, tenant: String? = nil, address: String?, requestID: String? = nil
    ) async throws -> LoginOutcome {
        let email = EmailAddress.normalised(email) ?? ""
        let places = Self.places(email: email, address: address)
        let (pause, credentials) = try await dispatch.write { connection in
            let now = Timestamp(milliseconds: try connection.now())
            let pause = try places.map { place in
                place.rule.pause(try LoginAttemptRecords.attempts(place.id, connection), now: now)
            }.max()
            return (pause ?? 0, try UserRecords.credentials(email: email, connection))
        }
        guard pause == 0 else { return .throttled(seconds: Int((pause + 999) / 1000)) }
        let check = try await passwords.verify(credentials?.password, password)
        guard check.matches, let credentials, credentials.user.isActive,
            let pair = try await begin(
                credentials, tenant: tenant, rehashed: check.rehashed, address: address, requestID: requestID)
        else {
            try await failed(places)
            return .refused
        }
        // A success forgives its email, not its address: behind it one right login must not hide many wrong ones.
        try await dispatch.write { try LoginAttemptRecords.clear(Self.emailPlace(email), $0) }
        return .tokens(pair)
    }

    /// Begins a session of a user whose identity has been proved.
    ///
    /// Nil where the user is no member of the tenant, or of none at all.
    func begin(
        _ credentials: UserCredentials, tenant: String?, rehashed: String?, address: String?, requestID: String?
    ) async throws -> TokenPair? {
        let codec = try await signing.codec()
        let settings = settings
        let user = credentials.user
        return try await dispatch.write { connection -> TokenPair? in
            let tenants = try TenantRecords.tenants(of: user.id, connection).filter { $0.removingAt == nil }
            guard let entered = tenant.map({ id in tenants.first { $0.uid == id } }) ?? tenants.first else {
                return nil
            }
            try UserRecords.loggedIn(user.id, rehashed: rehashed, connection)
            try connection.enter(.tenant(entered.number))
            let actor = Actor(.user, id: user.id, name: user.email, address: address, requestID: requestID)
            let issuer = TokenIssuer(codec: codec, settings: settings)
            return try issuer.begin(
                user: user.id, epoch: credentials.epoch, in: entered, actor: actor, connection)
        }
    }

    private typealias Place = (id: [UInt8], rule: LoginThrottle)

    private static func emailPlace(_ email: String) -> [UInt8] { SecretHash.of(email, for: "login email") }

    private static func places(email: String, address: String?) -> [Place] {
        // In the order of their ids, so that two transactions never wait for each other.
        var places: [Place] = [(emailPlace(email), .ofEmail)]
        if let address { places.append((SecretHash.of(address, for: "login address"), .ofAddress)) }
        return places.sorted { $0.id.lexicographicallyPrecedes($1.id) }
    }

    private func failed(_ places: [Place]) async throws {
        try await dispatch.write { connection in
            let now = Timestamp(milliseconds: try connection.now())
            for place in places {
                let attempts = try LoginAttemptRecords.attempts(place.id, connection)
                let oldest = Timestamp(milliseconds: now.milliseconds - place.rule.memory)
                try LoginAttemptRecords.set(
                    place.id, to: place.rule.failed(attempts, now: now), forgettingBefore: oldest, connection)
            }
        }
    }
}
