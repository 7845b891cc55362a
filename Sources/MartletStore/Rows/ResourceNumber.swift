import MartletCore

/// What rows call a resource: the number of its account, and its own within the account.
///
/// Its UUID (version 8) holds nothing but the two, so that it can be read back without a look-up. It means something to its
/// tenant only.
public struct ResourceNumber: Sendable, Hashable, Comparable {
    /// The account's number in its tenant, 1 to 2^31 - 1.
    public var account: Int64
    /// The resource's number in its account, 1 to 2^31 - 1.
    public var resource: Int64

    /// Puts the two numbers together.
    public init(account: Int64, resource: Int64) {
        self.account = account
        self.resource = resource
    }

    private static let high: UInt64 = 0x6d61_7274_0000_8000
    private static let low: UInt64 = 0x8000_0000_0000_0000

    /// 36 lower-case characters.
    public var identifier: String {
        let account = UInt64(truncatingIfNeeded: account) & 0x7fff_ffff
        let resource = UInt64(truncatingIfNeeded: resource) & 0x7fff_ffff
        return ContentHash(
            high: Self.high | (account >> 15) << 16, low: Self.low | (account & 0x7fff) << 40 | resource
        ).uuid
    }

    /// Reads a UUID that ``identifier`` gave; nil for every other one.
    public init?(identifier: some StringProtocol) {
        guard let hash = ContentHash(uuid: identifier) else { return nil }
        let account = (hash.high >> 16 & 0xffff) << 15 | hash.low >> 40 & 0x7fff
        self.init(account: Int64(account), resource: Int64(hash.low & 0x7fff_ffff))
        guard self.identifier == identifier.lowercased() else { return nil }
    }

    /// By account, then resource.
    public static func < (left: ResourceNumber, right: ResourceNumber) -> Bool {
        (left.account, left.resource) < (right.account, right.resource)
    }
}
