import Glibc
import MartletCore
import MartletFormats
import MartletHTTPClient
import MartletProviders

/// How Azure is reached, as the command line says it.
struct AzureConnectionOptions {
    let arguments: ParsedArguments

    func addresses() throws -> AzureAddresses {
        let cloud = arguments.value("cloud").flatMap { AzureCloud(rawValue: $0.lowercased()) } ?? .global
        return AzureAddresses(cloud: cloud, map: try Self.map(arguments))
    }

    /// `--endpoint-map`.
    static func map(_ arguments: ParsedArguments) throws -> EndpointMap {
        guard let path = arguments.value("endpoint-map") else { return EndpointMap() }
        return try EndpointMap(json: try InputFile.read(path), file: path)
    }

    /// What a worker or server connects with for its users: to addresses of the public internet only, unless
    /// `--allow-private-addresses` says otherwise.
    ///
    /// - Parameter pins: Each host keeps the address that it has at first; for clients that live as long as one piece of work.
    func clientForUsers(pins: Bool) throws -> HTTPClient {
        guard !arguments.has("allow-private-addresses") else { return try client() }
        var settings = HTTPClientSettings()
        settings.addresses = .publicOnly
        settings.pinsHosts = pins
        return try client(settings)
    }

    func client(_ settings: HTTPClientSettings = HTTPClientSettings()) throws -> HTTPClient {
        var settings = settings
        if let proxy = arguments.value("proxy") {
            do { _ = try HTTPTarget(proxy) } catch {
                throw MartletError(.usage, "a proxy is http://HOST:PORT", place: "--proxy")
            }
            settings.proxy = proxy
        }
        if let file = arguments.value("ca-file") {
            guard access(file, R_OK) == 0 else {
                throw MartletError(errno == ENOENT ? .notFound : .io, String(cString: strerror(errno)), place: file)
            }
            settings.certificateAuthorities = file
        }
        do { return try HTTPClient(settings) } catch { throw MartletError(.io, error.message) }
    }
}
