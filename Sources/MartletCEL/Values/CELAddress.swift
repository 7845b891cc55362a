/// An IP address of either family.
public final class CELAddress: Sendable, Hashable {
    /// 4 or 16 bytes, most significant first.
    public let bytes: [UInt8]

    /// An address; nil unless there are 4 or 16 bytes.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Whether it is an IPv4 address.
    public var isIPv4: Bool { bytes.count == 4 }

    /// An IPv4 address written as IPv6 (`::ffff:c0a8:1`) equals the IPv4 address.
    public static func == (left: CELAddress, right: CELAddress) -> Bool { left.unmapped == right.unmapped }

    /// Hashes what ``==(_:_:)`` compares.
    public func hash(into hasher: inout Hasher) { hasher.combine(unmapped) }

    /// The bytes of the IPv4 address in a mapped one, else all.
    var unmapped: [UInt8] {
        let prefix: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]
        return bytes.count == 16 && bytes.starts(with: prefix) ? Array(bytes[12...]) : bytes
    }
}
