import Glibc

/// An IPv4 or IPv6 address.
public struct IPAddress: Sendable, Hashable, CustomStringConvertible {
    /// 4 or 16 bytes in network order.
    public let bytes: [UInt8]

    /// Takes the bytes of an address; nil unless they are 4 or 16.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Reads `192.0.2.1` or `2001:db8::1`; nil for anything else.
    public init?(_ text: String) {
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            bytes = withUnsafeBytes(of: &four) { Array($0) }
            return
        }
        var six = in6_addr()
        guard inet_pton(AF_INET6, text, &six) == 1 else { return nil }
        bytes = withUnsafeBytes(of: &six) { Array($0) }
    }

    /// The address of a socket's peer; nil for other families.
    init?(_ address: UnsafeRawBufferPointer, family: Int32) {
        // Family, port, then the address; IPv6 has the flow's number between.
        switch family {
        case AF_INET where address.count >= 8: self.init(bytes: Array(address[4..<8]))
        case AF_INET6 where address.count >= 24: self.init(bytes: Array(address[8..<24]))
        default: return nil
        }
    }

    /// Whether it is of IPv6.
    public var isV6: Bool { bytes.count == 16 }

    /// As it is usually written.
    public var description: String {
        var text = [CChar](repeating: 0, count: 64)
        let family = isV6 ? AF_INET6 : AF_INET
        guard inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else { return "?" }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
