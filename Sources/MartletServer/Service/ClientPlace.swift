import MartletHTTPServer

/// Where a request comes from and how its client reaches the server; forwarded headers count only from trusted proxies.
struct ClientPlace: Equatable {
    let address: String
    /// The address for links, such as `https://martlet.example.com`.
    let origin: String

    init(_ request: HTTPRequest, _ settings: APISettings) {
        let isTrusted = settings.trustedProxies.contains { $0.contains(request.remoteAddress) }
        var address = request.remoteAddress
        var scheme = request.isSecure ? "https" : "http"
        var host = request.headers["Host"] ?? ""
        if isTrusted {
            // Each proxy adds the address that it saw; the last one that is no proxy of ours is the client's.
            for entry in request.headers.list("X-Forwarded-For").reversed() {
                guard AddressRange.bytes(of: entry) != nil else { break }
                address = entry
                guard settings.trustedProxies.contains(where: { $0.contains(entry) }) else { break }
            }
            let forwarded = request.headers.list("X-Forwarded-Proto").last?.lowercased()
            if forwarded == "https" || forwarded == "http" { scheme = forwarded ?? scheme }
            if let name = request.headers.list("X-Forwarded-Host").last { host = name }
        }
        self.address = address
        let isHost =
            !host.isEmpty && host.utf8.count <= 255
            && host.utf8.allSatisfy {
                0x30...0x39 ~= $0 || 0x41...0x5A ~= $0 || 0x61...0x7A ~= $0 || ".-:[]".utf8.contains($0)
            }
        origin = settings.publicOrigin ?? "\(scheme)://\(isHost ? host : "localhost")"
    }
}
