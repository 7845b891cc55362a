/// An address and the length of its prefix, such as `10.0.0.1/8`.
public final class CELNetwork: Sendable, Hashable {
    /// The address as it was given; bits after the prefix may be set.
    public let address: CELAddress
    /// The number of leading bits that belong to the network: 0 to 32 or 128.
    public let prefixLength: Int

    /// A network; nil when the prefix is longer than the address.
    public init?(address: CELAddress, prefixLength: Int) {
        guard (0...address.bytes.count * 8).contains(prefixLength) else { return nil }
        self.address = address
        self.prefixLength = prefixLength
    }

    /// Equal when address and length are.
    public static func == (left: CELNetwork, right: CELNetwork) -> Bool {
        left.address == right.address && left.prefixLength == right.prefixLength
    }

    /// Hashes address and length.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(address)
        hasher.combine(prefixLength)
    }

    /// The network with all bits after the prefix cleared.
    public var masked: CELNetwork {
        let bytes = address.bytes.enumerated().map { index, byte -> UInt8 in
            let kept = min(8, max(0, prefixLength - index * 8))
            return byte & UInt8(truncatingIfNeeded: 0xFF00 >> kept)
        }
        guard let address = CELAddress(bytes: bytes),
            let network = CELNetwork(address: address, prefixLength: prefixLength)
        else { return self }
        return network
    }

    /// Whether an address of the same family has this prefix.
    public func contains(_ other: CELAddress) -> Bool {
        guard other.bytes.count == address.bytes.count else { return false }
        for index in 0..<other.bytes.count {
            let kept = min(8, max(0, prefixLength - index * 8))
            let mask = UInt8(truncatingIfNeeded: 0xFF00 >> kept)
            if (other.bytes[index] ^ address.bytes[index]) & mask != 0 { return false }
        }
        return true
    }

    /// Whether every address of the other network is in this one.
    public func contains(_ other: CELNetwork) -> Bool {
        other.prefixLength >= prefixLength && contains(other.address)
    }
}
