import MartletHTTPClient

/// Makes URLs of calls, and says where they are really sent.
public struct AzureAddresses: Sendable {
    /// The cloud that is scanned.
    public let cloud: AzureCloud
    private let map: EndpointMap

    /// The addresses of a cloud, some of them elsewhere.
    public init(cloud: AzureCloud = .global, map: EndpointMap = EndpointMap()) {
        self.cloud = cloud
        self.map = map
    }

    /// The call of a request.
    ///
    /// - Throws: ``CallFailure`` when a placeholder has no value in the item, when the cloud has no such host, and when a
    ///   URL that an answer gave is not of a host of this kind: tokens go nowhere else.
    func call(
        _ request: CollectorRequest, path: PathTemplate, host: AzureHost, in scope: CollectedScope
    ) throws(CallFailure) -> AzureCall {
        guard let text = path.url(in: scope) else {
            throw CallFailure(
                .errored, call: path.description, message: "The answer lacks what the call is made of.",
                permission: request.permission)
        }
        var url = text
        if !text.hasPrefix("https://") {
            guard let name = cloud.host(of: host) else {
                throw CallFailure(
                    .unsupported, call: path.description, message: "The cloud \(cloud.rawValue) has no such host.")
            }
            url = "https://\(name)" + (text.hasPrefix("/") ? "" : "/") + text
        }
        let label = Self.label(of: url)
        guard let target = try? HTTPTarget(url), isOwn(target, of: host) else {
            throw CallFailure(
                .errored, call: label, message: "The answer names a host to which no access token is sent.",
                permission: request.permission)
        }
        if let version = request.apiVersion { url += (url.contains("?") ? "&" : "?") + "api-version=\(version)" }
        return AzureCall(host: host, url: url, headers: request.headers, label: label, permission: request.permission)
    }

    /// The call of the page that a link leads to; nil when the link leads to another host than the one that gave it.
    func call(after call: AzureCall, link: String) -> AzureCall? {
        guard let own = try? HTTPTarget(call.url), let next = try? HTTPTarget(link) else { return nil }
        var following = call
        if next.scheme == own.scheme, next.host == own.host, next.port == own.port {
            following.url = link
            return following
        }
        // A server that stands in the host's place gives links to itself.
        guard let base = map.base(of: own.host), link.hasPrefix(base + "/") else { return nil }
        following.url = own.origin + link.dropFirst(base.count)
        return following
    }

    /// Where a URL is really sent.
    func destination(of url: String) -> String {
        guard let target = try? HTTPTarget(url), let base = map.base(of: target.host) else { return url }
        return base + target.path
    }

    private func isOwn(_ target: HTTPTarget, of host: AzureHost) -> Bool {
        guard target.scheme == "https", target.port == 443 else { return false }
        if let suffix = cloud.suffix(of: host) {
            let name = target.host.dropLast(suffix.count)
            return target.host.hasSuffix(suffix) && !name.isEmpty && !name.contains(".")
        }
        return target.host == cloud.host(of: host)
    }

    private static func label(of url: String) -> String {
        let path = url.prefix { $0 != "?" }
        let isARM = path.hasPrefix("https://management.")
        return String(isARM ? path.dropFirst(8).drop { $0 != "/" } : path.dropFirst(8))
    }
}
