/// The recipe of a finding's and a resource's identity, version 1.
///
/// A finding's fingerprint begins with 4 bytes that depend on its check alone, a resource's key with 2 bytes that depend
/// on the beginning of its uid alone, because scanners speak check by check and service by service: what comes together
/// then lies together in the b-trees. The other 12 and 14 bytes depend on everything.
public struct FindingIdentity: Sendable {
    /// Raised when the recipe changes, so that old and new fingerprints never mix.
    public static let version = 1

    private static let uidPrefixLength = 14

    /// The scanner's name.
    public let source: String
    /// The account the findings are of.
    public let account: AccountKey

    /// The identities of what one scanner says of one account.
    public init(source: String, account: AccountKey) {
        self.source = source
        self.account = account
    }

    /// The part of the fingerprint that a check's findings share: its first 4 bytes; the lower half is zero.
    public func checkPrefix(_ check: String) -> UInt64 {
        var hasher = ContentHasher()
        addScope(to: &hasher)
        hasher.add(check)
        return hasher.finish().high & 0xffff_ffff_0000_0000
    }

    /// The fingerprint over recipe, source, provider, account, check, regions, resource uid and discriminator.
    public func fingerprint(
        prefix: UInt64, check: String, regions: String, resource: String, discriminator: String,
        hasher: inout ContentHasher
    ) -> ContentHash {
        addScope(to: &hasher)
        hasher.add(check)
        hasher.add(regions)
        hasher.add(resource)
        hasher.add(discriminator)
        let hash = hasher.finish()
        return ContentHash(high: prefix | hash.high & 0xffff_ffff, low: hash.low)
    }

    /// The key of a resource in its account.
    public static func resourceKey(_ uid: String, hasher: inout ContentHasher) -> ContentHash {
        // Cheap and only for locality: FNV-1a over the first bytes.
        var prefix: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in uid.utf8.prefix(uidPrefixLength) { prefix = (prefix ^ UInt64(byte)) &* 0x100_0000_01b3 }
        hasher.add(uid)
        let hash = hasher.finish()
        return ContentHash(high: prefix & 0xffff_0000_0000_0000 | hash.high & 0xffff_ffff_ffff, low: hash.low)
    }

    private func addScope(to hasher: inout ContentHasher) {
        hasher.add(Self.version)
        hasher.add(source)
        hasher.add(account.provider.name)
        hasher.add(account.uid)
    }
}
