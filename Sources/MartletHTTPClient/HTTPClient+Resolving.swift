import Glibc

extension HTTPClient {
    /// The addresses of a host, resolved once, on a thread of its own: what the caller checks is what it pins requests to
    /// (``HTTPRequest/pinnedAddress``), whatever the name resolves to a moment later.
    ///
    /// - Parameter host: A name or an address, without brackets.
    /// - Throws: ``HTTPFailure`` `unknownHost` when there are none, `refusedAddress` when one of them is not admitted by the
    ///   client's ``AddressPolicy``.
    public func resolve(host: String) async throws(HTTPFailure) -> [IPAddress] {
        let addresses = await addresses(of: host)
        guard !addresses.isEmpty else { throw HTTPFailure(.unknownHost, "The name \(host) is unknown.") }
        for address in addresses where !policy.admits(address) {
            throw HTTPFailure(
                .refusedAddress,
                "\(host) has the address \(address), which is not of the public internet; such addresses are not "
                    + "connected to.")
        }
        return addresses
    }

    private func addresses(of host: String) async -> [IPAddress] {
        if let resolver { return await resolver(host) }
        return await withCheckedContinuation { continuation in
            let lookUp = LookUp(host: host) { continuation.resume(returning: $0) }
            lookUp.start()
        }
    }
}

/// One look-up. The system's resolver blocks, so it gets a thread.
private final class LookUp: Sendable {
    private let host: String
    private let answer: @Sendable ([IPAddress]) -> Void

    init(host: String, answer: @escaping @Sendable ([IPAddress]) -> Void) {
        self.host = host
        self.answer = answer
    }

    func start() {
        let argument = Unmanaged.passRetained(self)
        var thread = pthread_t()
        let result = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                let lookUp = Unmanaged<LookUp>.fromOpaque(argument).takeRetainedValue()
                lookUp.answer(lookUp.addresses())
                return nil
            }, argument.toOpaque())
        if result == 0 {
            pthread_detach(thread)
        } else {
            argument.release()
            answer([])
        }
    }

    private func addresses() -> [IPAddress] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var first: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &first) == 0 else { return [] }
        defer { freeaddrinfo(first) }
        var addresses: [IPAddress] = []
        var next = first
        while let entry = next {
            let bytes = UnsafeRawBufferPointer(start: entry.pointee.ai_addr, count: Int(entry.pointee.ai_addrlen))
            if let address = IPAddress(bytes, family: entry.pointee.ai_family), !addresses.contains(address) {
                addresses.append(address)
            }
            next = entry.pointee.ai_next
        }
        return addresses
    }
}
