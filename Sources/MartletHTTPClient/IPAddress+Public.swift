extension IPAddress {
    /// Whether the address is one of the public internet: not in IANA's special-purpose registries (RFC 6890 and its
    /// successors), not multicast, and not a form of IPv6 that carries an IPv4 address which is not public.
    public var isPublic: Bool {
        if !isV6 { return !Self.special4.contains { isWithin($0.network, bits: $0.bits) } }
        // ::ffff:0:0/96 (mapped), 64:ff9b::/96 (NAT64), 2002::/16 (6to4) carry an IPv4 address.
        if isWithin([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255], bits: 96)
            || isWithin([0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0], bits: 96)
        {
            return IPAddress(bytes: Array(bytes[12..<16]))?.isPublic ?? false
        }
        if isWithin([0x20, 0x02], bits: 16) { return IPAddress(bytes: Array(bytes[2..<6]))?.isPublic ?? false }
        // All of global unicast is 2000::/3; what is special lies within or without.
        return isWithin([0x20], bits: 3) && !Self.special6.contains { isWithin($0.network, bits: $0.bits) }
    }

    private static let special4: [(network: [UInt8], bits: Int)] = [
        ([0], 8), ([10], 8), ([100, 64], 10), ([127], 8), ([169, 254], 16), ([172, 16], 12), ([192, 0, 0], 24),
        ([192, 0, 2], 24), ([192, 88, 99], 24), ([192, 168], 16), ([198, 18], 15), ([198, 51, 100], 24),
        ([203, 0, 113], 24), ([224], 4), ([240], 4),
    ]

    private static let special6: [(network: [UInt8], bits: Int)] = [
        // 2001::/23 holds Teredo, benchmarking and ORCHID; 3fff::/20 and 2001:db8::/32 are for documentation.
        ([0x20, 0x01, 0x00], 23), ([0x20, 0x01, 0x0d, 0xb8], 32), ([0x3f, 0xff, 0x00], 20),
    ]

    /// Whether the first `bits` of the address are those of `network`; bytes that are left out are 0.
    private func isWithin(_ network: [UInt8], bits: Int) -> Bool {
        for bit in 0..<bits {
            let index = bit / 8
            let mask = UInt8(0x80) >> UInt8(bit % 8)
            let wanted = index < network.count ? network[index] : 0
            if bytes[index] & mask != wanted & mask { return false }
        }
        return true
    }
}
