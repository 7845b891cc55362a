import MartletCore
import MartletFormats
import MartletHTTPClient

/// Where hosts are reached, if not under their own names: `--endpoint-map`.
///
/// A JSON object of hosts and base URLs; `"*"` stands for all other hosts, and `{host}` in its URL for the name.
public struct EndpointMap: Sendable {
    private var bases: [String: String] = [:]
    private var rest: String?

    /// Every host under its own name.
    public init() {}

    /// Reads a map.
    ///
    /// - Throws: ``MartletError`` (`invalidInput`) with the file and the host: what is no object of texts, a URL that is
    ///   none, and plain `http` to anything but this machine, because access tokens go there.
    public init(json text: [UInt8], file: String) throws {
        guard case .object(let members) = try JSONValue.parse(text, file: file, limit: 1 << 20) else {
            throw MartletError(.invalidInput, "an endpoint map is an object of hosts and base URLs", place: file)
        }
        for member in members {
            let place = "\(file): /\(member.key)"
            guard let url = member.value.stringValue else {
                throw MartletError(
                    .invalidInput, "expected is a base URL as text, found \(member.value.typeName)", place: place)
            }
            let base = url.hasSuffix("/") ? String(url.dropLast()) : url
            try Self.check(base.replacing("{host}", with: "example.com"), place: place)
            if member.key == "*" {
                rest = base
            } else {
                guard !member.key.isEmpty, !member.key.contains("/") else {
                    throw MartletError(.invalidInput, "a host is a name such as graph.microsoft.com", place: place)
                }
                bases[member.key.lowercased()] = base.replacing("{host}", with: member.key.lowercased())
            }
        }
    }

    /// The base URL of a host, without a slash at its end; nil when it is reached under its own name.
    public func base(of host: String) -> String? {
        bases[host.lowercased()] ?? rest?.replacing("{host}", with: host.lowercased())
    }

    private static func check(_ url: String, place: String) throws(MartletError) {
        let target: HTTPTarget
        do { target = try HTTPTarget(url) } catch {
            throw MartletError(.invalidInput, "'\(url)' is no base URL such as https://HOST/PATH", place: place)
        }
        guard !target.path.contains("?") else {
            throw MartletError(.invalidInput, "a base URL has no query", place: place)
        }
        guard target.scheme == "https" || isThisMachine(target.host) else {
            throw MartletError(
                .invalidInput, "access tokens go to '\(url)', so it must be https, or on this machine", place: place)
        }
    }

    private static func isThisMachine(_ host: String) -> Bool {
        host == "localhost" || host == "[::1]" || host.hasPrefix("127.") && IPAddress(host) != nil
    }
}
