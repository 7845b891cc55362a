import MartletCore

/// Who somebody is, by the word of an identity provider.
struct IdentityClaims: Sendable, Hashable {
    var issuer: String
    var subject: String
    /// In the form in which it is kept; nil without one, or where the provider has not verified it.
    var verifiedEmail: String?
    var name: String?
}
