import MartletCore
import MartletEngine
import MartletHTTPClient

/// Asks an identity provider over HTTP: no redirects, no proxy, 10 seconds and 1 MiB an answer, and only the addresses that
/// the name had when it was looked up, which must be of the public internet unless others are allowed.
public struct HTTPIdentityTransport: IdentityTransport {
    private static let answerLimit = 1 << 20
    private static let timeout = Duration.seconds(10)
    /// Addresses of one name that are tried.
    private static let attempts = 3

    private let client: HTTPClient

    /// A transport with a client of its own.
    ///
    /// - Parameters:
    ///   - allowsPrivate: Whether the provider may have an address of a private network or of this machine.
    ///   - authorities: A file of CA certificates (PEM) in the place of the system's; nil for those.
    /// - Throws: ``MartletError`` `io` when there is no client to be had.
    public init(allowsPrivate: Bool = false, authorities: String? = nil) throws {
        var settings = HTTPClientSettings()
        settings.addresses = allowsPrivate ? .any : .publicOnly
        settings.certificateAuthorities = authorities
        // A proxy would be the one to resolve.
        settings.proxy = ""
        settings.connectTimeout = .seconds(5)
        do { client = try HTTPClient(settings) } catch { throw Self.error(error) }
    }

    /// Sends a request to the first of the provider's addresses that takes it.
    public func ask(
        _ url: String, form: String?, headers: [(name: String, value: String)]
    ) async throws -> (status: Int, body: [UInt8]) {
        do {
            let target = try HTTPTarget(url)
            let isLiteral = target.host.hasPrefix("[")
            let host = isLiteral ? String(target.host.dropFirst().dropLast()) : target.host
            var failure = HTTPFailure(.unknownHost, "The name \(host) is unknown.")
            for address in try await client.resolve(host: host).prefix(Self.attempts) {
                do throws(HTTPFailure) {
                    let answer = try await client.send(request(url, form, headers, to: address))
                    return (answer.status, answer.body)
                } catch {
                    // Nothing was sent where no connection came about; anything else is not tried twice.
                    guard error.kind == .connection else { throw error }
                    failure = error
                }
            }
            throw failure
        } catch let failure as HTTPFailure {
            if failure.kind == .cancelled { throw CancellationError() }
            throw Self.error(failure)
        }
    }

    private func request(
        _ url: String, _ form: String?, _ headers: [(name: String, value: String)], to address: IPAddress
    ) -> HTTPRequest {
        var request = HTTPRequest(
            form == nil ? "GET" : "POST", url, headers: headers.map { HTTPHeader($0.name, $0.value) },
            timeout: Self.timeout, maximumBodyBytes: Self.answerLimit, pinnedAddress: address.description)
        if let form {
            request.headers.append(HTTPHeader("Content-Type", "application/x-www-form-urlencoded"))
            request.body = Array(form.utf8)
        }
        return request
    }

    private static func error(_ failure: HTTPFailure) -> MartletError {
        MartletError(.io, "The identity provider cannot be asked: \(failure.message)")
    }
}
