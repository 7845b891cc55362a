extension CELAddress {
    /// 127.0.0.0/8 or ::1.
    var isLoopback: Bool {
        let bytes = unmapped
        return bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] == 1
    }

    /// 169.254.0.0/16 or fe80::/10.
    var isLinkLocalUnicast: Bool {
        let bytes = unmapped
        return bytes.count == 4 ? bytes[0] == 169 && bytes[1] == 254 : bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80
    }

    /// 224.0.0.0/24 or ff02::/16.
    var isLinkLocalMulticast: Bool {
        let bytes = unmapped
        return bytes.count == 4
            ? bytes[0] == 224 && bytes[1] == 0 && bytes[2] == 0 : bytes[0] == 0xFF && bytes[1] & 0x0F == 2
    }

    private var isMulticast: Bool {
        let bytes = unmapped
        return bytes.count == 4 ? bytes[0] & 0xF0 == 0xE0 : bytes[0] == 0xFF
    }

    /// A unicast address that is neither loopback, nor link-local, nor unspecified, nor broadcast; private networks count.
    var isGlobalUnicast: Bool {
        let bytes = unmapped
        return !isMulticast && !isLoopback && !isLinkLocalUnicast && !bytes.allSatisfy { $0 == 0 }
            && !(bytes.count == 4 && bytes.allSatisfy { $0 == 0xFF })
    }

    /// Private networks: 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 (RFC 1918) and fc00::/7 (RFC 4193).
    var isPrivate: Bool {
        let bytes = unmapped
        guard bytes.count == 4 else { return bytes[0] & 0xFE == 0xFC }
        return bytes[0] == 10 || bytes[0] == 172 && bytes[1] & 0xF0 == 16 || bytes[0] == 192 && bytes[1] == 168
    }
}
