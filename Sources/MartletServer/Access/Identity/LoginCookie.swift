import MartletHTTPServer

/// The cookie that binds a login at an identity provider to the browser in which it began.
struct LoginCookie {
    private static let name = "martlet_login"
    private static let path = "/api/v1/tokens/oidc"

    /// Whether browsers come by TLS, so that they may be told to send it only so.
    let isSecure: Bool

    init(redirectURL: String) { isSecure = redirectURL.hasPrefix("https://") }

    /// What the browser is told to keep, for so many seconds; 0 makes it forget.
    func header(_ value: String, seconds: Int64) -> String {
        "\(Self.name)=\(value); Path=\(Self.path); Max-Age=\(seconds); HttpOnly; SameSite=Lax"
            + (isSecure ? "; Secure" : "")
    }

    /// What a browser sends; nil without a cookie of this name, or with more than one.
    static func value(_ headers: HTTPHeaders) -> String? {
        let found = headers.all("Cookie").flatMap { $0.split(separator: ";") }.compactMap { part -> String? in
            let text = String(part).trimmed
            return text.hasPrefix(name + "=") ? String(text.dropFirst(name.count + 1)) : nil
        }
        return found.count == 1 ? found[0] : nil
    }
}
