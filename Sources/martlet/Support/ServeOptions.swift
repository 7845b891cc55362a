import Glibc
import MartletCore
import MartletHTTPServer
import MartletServer

/// What `martlet serve` was told.
struct ServeOptions {
    var http = HTTPServerConfiguration()
    var settings = APISettings()
    let workers: Int
    /// In seconds.
    let grace: Int64
    let allowsSignUp: Bool
    let metricsToken: String?
    let writesAccessLog: Bool
    private(set) var identity: IdentityOptions?
    /// What looks after the certificate; nil for plain HTTP.
    private(set) var renewal: CertificateRenewal?

    init(_ arguments: ParsedArguments) throws {
        workers = try arguments.integer("workers", in: 0...64) ?? 2
        grace = Int64(try arguments.integer("grace", in: 0...86_400) ?? 30)
        allowsSignUp = arguments.has("allow-sign-up")
        metricsToken = arguments.value("metrics-token")
        writesAccessLog = arguments.value("access-log") != "none"
        if let text = arguments.value("listen") {
            guard let place = Self.place(text) else {
                throw MartletError(
                    .usage, "--listen needs ADDRESS:PORT, such as 127.0.0.1:8080 or [::1]:8080, not '\(text)'")
            }
            (http.address, http.port) = place
        }
        try readTLS(arguments)
        try readLimits(arguments)
        if let url = arguments.value("public-url") {
            guard url.hasPrefix("http://") || url.hasPrefix("https://"), !url.hasSuffix("/"), !url.contains("?") else {
                throw MartletError(.usage, "--public-url is like https://martlet.example.com, without a / at its end")
            }
            settings.publicOrigin = url
        }
        settings.trustedProxies = try arguments.list("trusted-proxy").map { text in
            guard let range = AddressRange(text) else {
                throw MartletError(
                    .usage, "--trusted-proxy needs an address or a range such as 10.0.0.0/8, not '\(text)'")
            }
            return range
        }
        identity = try IdentityOptions(arguments, publicURL: settings.publicOrigin)
        settings.allowedOrigins = Set(arguments.list("cors-origin"))
        for origin in settings.allowedOrigins where origin != "*" && (!origin.contains("://") || origin.hasSuffix("/"))
        {
            throw MartletError(.usage, "--cors-origin needs an origin such as https://app.example.com, not '\(origin)'")
        }
    }

    private mutating func readLimits(_ arguments: ParsedArguments) throws {
        if let rate = try arguments.integer("rate-limit", in: 0...1_000_000) {
            settings.callerRate = RateLimit(perSecond: rate, burst: rate * 5)
        }
        if let rate = try arguments.integer("address-rate-limit", in: 0...1_000_000) {
            settings.addressRate = RateLimit(perSecond: rate, burst: rate * 5)
        }
        if let count = try arguments.integer("max-connections", in: 4...1_000_000) { http.limits.connections = count }
        if let count = try arguments.integer("max-connections-per-address", in: 0...1_000_000) {
            http.limits.connectionsPerAddress = count
        }
    }

    private mutating func readTLS(_ arguments: ParsedArguments) throws {
        let certificate = arguments.value("tls-certificate")
        let key = arguments.value("tls-key")
        guard certificate != nil || key != nil else { return }
        guard let certificate, let key else {
            throw MartletError(.usage, "--tls-certificate and --tls-key belong together")
        }
        let files = CertificateFiles(certificate: certificate, key: key)
        // Before they are read, so that a change meanwhile is seen.
        renewal = CertificateRenewal(files)
        http.tls = try files.read()
    }

    /// `127.0.0.1:8080` or `[::1]:8080`; the address alone takes port 8080, `:8080` alone the loopback address.
    static func place(_ text: String) -> (String, UInt16)? {
        if text.hasPrefix("[") {
            guard let close = text.firstIndex(of: "]") else { return nil }
            let address = String(text[text.index(after: text.startIndex)..<close])
            let rest = text[text.index(after: close)...]
            if rest.isEmpty { return (address, 8080) }
            guard rest.hasPrefix(":"), let port = UInt16(rest.dropFirst()) else { return nil }
            return (address, port)
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2, let first = parts.first else { return nil }
        let address = first.isEmpty ? "127.0.0.1" : String(first)
        guard parts.count == 2 else { return (address, 8080) }
        return UInt16(parts[1]).map { (address, $0) }
    }
}
