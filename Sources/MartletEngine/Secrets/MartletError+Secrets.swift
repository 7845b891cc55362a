import MartletCore

extension MartletError.Code {
    /// No key was given, and none may be made.
    public static let secretKeyMissing = Self("secret_key_missing")
    /// What was given as a key is none, or others can read it.
    public static let secretKeyInvalid = Self("secret_key_invalid")
    /// A secret is sealed with a key that is not in the ring.
    public static let secretKeyUnknown = Self("secret_key_unknown")
    /// A sealed secret was changed, or belongs to another tenant, name or kind.
    public static let secretTampered = Self("secret_tampered")
}
