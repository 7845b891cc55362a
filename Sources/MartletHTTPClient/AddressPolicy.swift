/// Which addresses a client may connect to.
///
/// It is applied to the very address of every connection at the moment it is opened, so a name that resolves to something
/// else a moment later gains nothing.
public enum AddressPolicy: Sendable, Hashable {
    /// Every address.
    case any
    /// Only addresses of the public internet: for URLs that users give to a server. Loopback, private, link-local,
    /// shared, multicast, reserved and documentation networks are refused, and IPv6 forms that carry such an IPv4 address.
    case publicOnly

    /// Whether an address may be connected to.
    public func admits(_ address: IPAddress) -> Bool { self == .any || address.isPublic }
}
