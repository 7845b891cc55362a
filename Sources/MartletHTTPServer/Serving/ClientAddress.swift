import CMicroHTTPD

/// Where a client comes from, as far as connections are counted by it.
struct ClientAddress: Hashable {
    private let high: UInt64
    private let low: UInt64

    init(_ address: UnsafePointer<sockaddr>) {
        let parts = martlet_address_of(address)
        high = parts.high
        low = parts.low
    }
}
