/// A version of TLS.
public enum TLSVersion: Int, Sendable, Hashable, Comparable, CaseIterable {
    case ssl30 = 0
    case tls10, tls11, tls12, tls13

    /// The version as CycloneDX writes it: `1.2`.
    public var text: String { self == .ssl30 ? "SSL 3.0" : "1.\(rawValue - 1)" }

    /// What it means that this is the oldest version that is accepted. Hybrid key exchange exists for TLS 1.3 alone; below
    /// TLS 1.2 nothing should be in use (RFC 8996).
    public var readiness: QuantumReadiness {
        switch self {
        case .ssl30, .tls10, .tls11: .weak
        case .tls12: .vulnerable
        case .tls13: .undetermined
        }
    }

    /// The older version first.
    public static func < (left: TLSVersion, right: TLSVersion) -> Bool { left.rawValue < right.rawValue }

    /// Reads a version as clouds write it: `1.2`, `TLS1_2`, `TLSv1.2`, `Tls12`, `TLSv1.2_2021`, `TLSv1_2016`; nil for
    /// anything else.
    public init?(_ text: some StringProtocol) {
        var rest = text.uppercased().filter { !$0.isWhitespace }[...]
        if rest.hasPrefix("SSLV3") || rest.hasPrefix("SSL3") {
            self = .ssl30
            return
        }
        if rest.hasPrefix("TLS") { rest = rest.dropFirst(3) }
        if rest.first == "V" { rest = rest.dropFirst() }
        guard rest.first == "1" else { return nil }
        rest = rest.dropFirst()
        let separator = rest.first
        if separator == "." || separator == "_" { rest = rest.dropFirst() }
        let digits = rest.prefix { $0.isASCII && $0.isNumber }
        // Four digits are a year: TLSv1_2016.
        if digits.isEmpty, separator == nil {
            self = .tls10
            return
        }
        if digits.count == 4, separator == "_" {
            self = .tls10
            return
        }
        guard digits.count == 1, let minor = Int(digits), 0...3 ~= minor,
            let version = TLSVersion(rawValue: minor + 1)
        else { return nil }
        self = version
    }

    /// The oldest of a list such as `TLSv1.2,TLSv1.3`; nil where an entry is no version, because then the oldest is not
    /// known.
    public static func oldest(of list: String) -> TLSVersion? {
        let parts = list.split(separator: ",")
        let versions = parts.compactMap { TLSVersion($0) }
        return versions.count == parts.count ? versions.min() : nil
    }

    /// The oldest version that a predefined policy of Azure's application gateways accepts; nil for other names.
    static func oldest(ofGatewayPolicy name: String) -> TLSVersion? {
        switch name {
        case "AppGwSslPolicy20150501": .tls10
        case "AppGwSslPolicy20170401": .tls11
        case "AppGwSslPolicy20170401S", "AppGwSslPolicy20220101", "AppGwSslPolicy20220101S": .tls12
        default: nil
        }
    }

    /// The oldest version that a predefined policy of Elastic Load Balancing accepts; nil for other names.
    static func oldest(ofLoadBalancerPolicy name: String) -> TLSVersion? {
        guard name.hasPrefix("ELBSecurityPolicy-") else { return nil }
        let rest = name.dropFirst("ELBSecurityPolicy-".count)
        for family in ["TLS13-1-", "TLS-1-", "FS-1-"] where rest.hasPrefix(family) {
            return rest.dropFirst(family.count).first.flatMap { TLSVersion("1.\($0)") }
        }
        return rest.hasPrefix("2015-") || rest.hasPrefix("2016-") || rest.hasPrefix("FS-2018-") ? .tls10 : nil
    }
}
