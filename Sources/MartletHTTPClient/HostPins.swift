import Synchronization

/// Remembers the addresses of hosts for as long as a client lives, so that all requests to a name go to the address that
/// it had at the first.
final class HostPins: Sendable {
    private let pins = Mutex<[String: IPAddress]>([:])

    /// The address of a host: the one of the first question. Of two first ones at the same time, one counts for both.
    func address(
        of host: String, resolving: (String) async throws(HTTPFailure) -> [IPAddress]
    ) async throws(HTTPFailure) -> IPAddress {
        if let known = pins.withLock({ $0[host] }) { return known }
        guard let first = try await resolving(host).first else {
            throw HTTPFailure(.unknownHost, "The name \(host) is unknown.")
        }
        return pins.withLock { pins in
            if let known = pins[host] { return known }
            pins[host] = first
            return first
        }
    }
}
