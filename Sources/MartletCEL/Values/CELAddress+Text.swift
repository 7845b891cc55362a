import Glibc

/// Why a text is not an address.
enum AddressProblem: Error {
    case malformed, hasZone, isMapped

    /// What an error says of an address or a network.
    func message(_ what: String) -> String {
        switch self {
        case .malformed: "the text is not an \(what)"
        case .hasZone: "an \(what) with a zone is not allowed"
        case .isMapped: "an IPv4 address mapped to IPv6 in dots is not allowed"
        }
    }
}

extension CELAddress {
    /// Reads an address; nil for anything else. Zones (`fe80::1%eth0`) and mapped addresses with dots
    /// (`::ffff:192.0.2.1`) are refused.
    public static func parse(_ text: String) -> CELAddress? { try? reading(text) }

    static func reading(_ text: String) throws(AddressProblem) -> CELAddress {
        guard text.utf8.count <= 64, !text.utf8.contains(0) else { throw .malformed }
        if text.utf8.contains(UInt8(ascii: "%")) { throw .hasZone }
        let isIPv6 = text.utf8.contains(UInt8(ascii: ":"))
        var bytes = [UInt8](repeating: 0, count: isIPv6 ? 16 : 4)
        guard inet_pton(isIPv6 ? AF_INET6 : AF_INET, text, &bytes) == 1, let address = CELAddress(bytes: bytes) else {
            throw .malformed
        }
        if isIPv6, text.utf8.contains(UInt8(ascii: ".")) { throw .isMapped }
        return address
    }

    /// The canonical text: dots, or RFC 5952.
    public var text: String {
        guard !isIPv4 else { return bytes.map { String($0) }.joined(separator: ".") }
        let groups = stride(from: 0, to: 16, by: 2).map { Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]) }
        // The first of the longest runs of two or more zeros is left out.
        var best = 0..<0
        var start = 0
        while start < 8 {
            var end = start
            while end < 8, groups[end] == 0 { end += 1 }
            if end - start > max(1, best.count) { best = start..<end }
            start = max(end, start + 1)
        }
        let hex = groups.map { String($0, radix: 16) }
        guard !best.isEmpty else { return hex.joined(separator: ":") }
        return hex[..<best.lowerBound].joined(separator: ":") + "::" + hex[best.upperBound...].joined(separator: ":")
    }
}

extension CELNetwork {
    /// Reads a network such as `10.0.0.0/8`; nil for anything else.
    public static func parse(_ text: String) -> CELNetwork? { try? reading(text) }

    static func reading(_ text: String) throws(AddressProblem) -> CELNetwork {
        guard text.utf8.count <= 64 else { throw .malformed }
        if text.utf8.contains(UInt8(ascii: "%")) { throw .hasZone }
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...3).contains(parts[1].utf8.count), parts[1].utf8.allSatisfy(\.isDigit),
            parts[1].utf8.count == 1 || parts[1].utf8.first != UInt8(ascii: "0"), let length = Int(parts[1])
        else { throw .malformed }
        let address = try CELAddress.reading(String(parts[0]))
        guard let network = CELNetwork(address: address, prefixLength: length) else { throw .malformed }
        return network
    }
}
