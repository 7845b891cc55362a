import MartletCore

/// What became of the secrets when they were sealed anew.
public struct SecretRotation: Sendable {
    /// A secret that stays as it was, because it could not be opened.
    public struct Failure: Sendable {
        /// The number of its tenant.
        public let tenant: Int64
        /// Its name.
        public let name: String
        /// Why it could not be opened.
        public let error: MartletError
    }

    /// The id of the key that seals now.
    public let keyID: String
    /// How many secrets were sealed anew; those that this key had sealed already do not count.
    public var resealed = 0
    /// Those that could not be opened.
    public var failures: [Failure] = []
}
