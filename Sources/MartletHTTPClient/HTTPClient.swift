import Synchronization

/// Speaks HTTP to servers: libcurl's multi interface on one thread behind an asynchronous method.
///
/// Connections are used again. Redirects are not followed, only `http` and `https` are spoken, and the number of transfers
/// to one host is bounded; what is above it waits its turn. Cancelling the task ends its transfer at once. When the last
/// reference goes, what still runs is cancelled and the thread ends.
public final class HTTPClient: Sendable {
    private let settings: HTTPClientSettings
    private let loop: CurlLoop
    private let count = Atomic<UInt64>(0)
    private let pins = HostPins()

    var resolver: (@Sendable (String) async -> [IPAddress])? { settings.resolver }

    /// Which addresses the client connects to.
    public var policy: AddressPolicy { settings.addresses }

    /// Starts the thread.
    ///
    /// - Throws: ``HTTPFailure`` (`connection`) when the system gives no thread or libcurl is not what it should be.
    public init(_ settings: HTTPClientSettings = HTTPClientSettings()) throws(HTTPFailure) {
        self.settings = settings
        loop = try CurlLoop(settings)
    }

    deinit { loop.stop() }

    /// Sends a request and waits for the whole answer, whatever its status.
    public func send(_ request: HTTPRequest) async throws(HTTPFailure) -> HTTPResponse {
        let target = try HTTPTarget(request.url)
        try Self.check(request)
        var request = request
        if settings.pinsHosts, request.pinnedAddress == nil {
            // An IPv6 address stands in brackets.
            let host = target.host.hasPrefix("[") ? String(target.host.dropFirst().dropLast()) : target.host
            request.pinnedAddress = try await pins.address(of: host, resolving: resolve(host:)).description
        }
        let id = count.add(1, ordering: .relaxed).newValue
        let transfer = Transfer(id: id, request: request, target: target, policy: settings.addresses)
        let loop = loop
        let answer = await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Transfer.Answer, Never>) in
                // Nobody else has the transfer yet but a cancel, which does not touch this.
                transfer.answer = { continuation.resume(returning: $0) }
                loop.start(transfer)
            }
        } onCancel: {
            loop.cancel(transfer)
        }
        return try answer.get()
    }

    private static func check(_ request: HTTPRequest) throws(HTTPFailure) {
        guard !request.method.isEmpty, request.method.utf8.allSatisfy({ (65...90).contains($0) }) else {
            throw HTTPFailure(.invalidRequest, "A method is made of upper-case letters.")
        }
        for header in request.headers where !header.isSafe {
            throw HTTPFailure(.invalidRequest, "A header has a character that its line cannot hold.")
        }
        if let pinned = request.pinnedAddress, IPAddress(pinned) == nil {
            throw HTTPFailure(.invalidRequest, "A pinned address is an IP address.")
        }
    }
}
