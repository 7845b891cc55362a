import MartletCore
import MartletStore

/// The installation's signing keys: read from the store, made when there is none or the newest is old.
///
/// Every process has its own. A token by a key that another process made a moment ago makes it read again.
public actor SigningKeys {
    private let database: any Database
    private let ring: SecretKeyRing
    private let settings: TokenSettings
    private var known: TokenCodec?
    private var readAt: ContinuousClock.Instant?
    /// Why stored keys could not be opened; they are passed over.
    public private(set) var refusals: [MartletError] = []

    /// How long keys are believed in before they are read again.
    private static let freshness = Duration.seconds(300)
    /// How often an unknown key may make them be read again.
    private static let impatience = Duration.seconds(2)

    /// The keys of a store, opened and sealed with an installation's keys.
    public init(store: Store, ring: SecretKeyRing, settings: TokenSettings = TokenSettings()) {
        database = store.database.scoped(to: .dispatch)
        self.ring = ring
        self.settings = settings
    }

    /// The keys of now.
    func codec() async throws -> TokenCodec {
        if let known, let readAt, readAt.duration(to: .now) < Self.freshness { return known }
        return try await read()
    }

    /// Claims of a token, whose signature is right.
    func decode(_ token: String) async throws -> TokenClaims {
        do {
            return try await codec().decode(token)
        } catch TokenCodec.Refusal.unknownKey {
            guard let readAt, readAt.duration(to: .now) > Self.impatience else { throw MartletError.wrongToken }
            guard let claims = try? await read().decode(token) else { throw MartletError.wrongToken }
            return claims
        } catch is TokenCodec.Refusal {
            throw MartletError.wrongToken
        }
    }

    /// Makes a new key, which signs from now on.
    public func rotate() async throws { _ = try await read(forced: true) }

    private func read(forced: Bool = false) async throws -> TokenCodec {
        let (ring, settings) = (ring, settings)
        let (stored, now) = try await database.read { (try SigningKeyRecords.all($0), try $0.now()) }
        var (keys, refusals) = Self.open(stored, ring)
        let rotation = SigningKeyRotation(
            keys.map(\.createdAt), now: Timestamp(milliseconds: now), settings: settings)
        if forced || rotation.makesKey || !rotation.expired.isEmpty {
            (keys, refusals) = try await database.write { connection in
                try SigningKeyRecords.lock(connection)
                return try Self.renew(ring, settings, forced: forced, connection)
            }
        }
        let codec = TokenCodec(keys: keys)
        self.refusals = refusals
        known = codec
        readAt = .now
        return codec
    }

    private static func open(
        _ stored: [StoredSigningKey], _ ring: SecretKeyRing
    ) -> (keys: [SigningKey], refusals: [MartletError]) {
        var keys: [SigningKey] = []
        var refusals: [MartletError] = []
        for key in stored {
            do {
                keys.append(try SigningKey(key, keys: ring))
            } catch let error as MartletError {
                refusals.append(error)
            } catch {
                refusals.append(MartletError(.secretTampered, "A signing key cannot be opened."))
            }
        }
        return (keys, refusals)
    }

    /// Looks once more behind the lock, so that of several processes one makes the key.
    private static func renew(
        _ ring: SecretKeyRing, _ settings: TokenSettings, forced: Bool, _ connection: any Connection
    ) throws -> (keys: [SigningKey], refusals: [MartletError]) {
        var (keys, refusals) = open(try SigningKeyRecords.all(connection), ring)
        let now = Timestamp(milliseconds: try connection.now())
        let rotation = SigningKeyRotation(keys.map(\.createdAt), now: now, settings: settings)
        for place in rotation.expired.reversed() {
            try SigningKeyRecords.remove(keys.remove(at: place).id, connection)
        }
        if forced || rotation.makesKey {
            let key = try SigningKey.generate(at: now)
            try SigningKeyRecords.add(key.sealed(with: ring.first), connection)
            keys.insert(key, at: 0)
        }
        return (keys, refusals)
    }
}

extension SigningKeys {
    /// Seals the signing keys that other keys of the ring sealed with its first one. Gives how many; those that cannot be
    /// opened stay as they are.
    static func reseal(_ ring: SecretKeyRing, _ connection: any Connection) throws -> Int {
        try SigningKeyRecords.lock(connection)
        let outdated = try SigningKeyRecords.all(connection).filter { $0.keyID != ring.first.id }
        let keys = open(outdated, ring).keys
        for key in keys {
            let sealed = try key.sealed(with: ring.first)
            try SigningKeyRecords.reseal(key.id, as: sealed.sealed, keyID: sealed.keyID, connection)
        }
        return keys.count
    }
}
