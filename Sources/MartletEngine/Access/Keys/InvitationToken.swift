import MartletCore

/// The token of an invitation as a text: the tenant's number and 26 characters that are secret. So the tenant is known
/// before its rows are looked at.
struct InvitationToken: Sendable {
    let tenant: Int64
    let text: String

    /// A new token, with 130 random bits.
    static func generate(tenant: Int64) -> InvitationToken {
        InvitationToken(tenant: tenant, text: String(tenant, radix: 36) + "-" + RandomText.make(26))
    }

    private init(tenant: Int64, text: String) {
        self.tenant = tenant
        self.text = text
    }

    /// Takes a token apart; nil for what cannot be one.
    init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 64, parts[1].utf8.count == 26,
            let tenant = Int64(parts[0], radix: 36), tenant > 0
        else { return nil }
        self.init(tenant: tenant, text: text)
    }

    /// What is kept of it.
    var hash: [UInt8] { SecretHash.of(text, for: "invitation") }
}
