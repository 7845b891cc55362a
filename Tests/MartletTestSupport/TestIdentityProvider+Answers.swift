import Foundation
import MartletCore
import MartletLoopback

extension TestIdentityProvider {
    /// What it says to a request.
    func answer(_ request: LoopbackRequest) -> LoopbackAnswer {
        let (behaviour, issuer) = state.withLock { ($0.behaviour, $0.issuer) }
        if let answer = behaviour.answers[request.path] { return answer }
        do {
            switch (request.method, request.path) {
            case ("GET", "/.well-known/openid-configuration"):
                return .json(
                    """
                    {"issuer":"\(behaviour.issuer ?? issuer)","authorization_endpoint":"\(issuer)/authorize?tenant=a",
                    "token_endpoint":"\(issuer)/token","jwks_uri":"\(issuer)/keys",
                    "token_endpoint_auth_methods_supported":["client_secret_basic"]}
                    """)
            case ("GET", "/keys"): return .json(try keys())
            case ("GET", "/authorize"): return authorize(request)
            case ("POST", "/token"): return try token(request, behaviour)
            default: return .json("{}", status: 404)
            }
        } catch { return .json(#"{"error":"\#(error)"}"#, status: 500) }
    }

    private func keys() throws -> String {
        let text = String(
            decoding: try openssl.run("rsa", "-in", "published.key", "-noout", "-modulus"), as: UTF8.self)
        let digits = Array((text.split(separator: "=").last ?? "").utf8.prefix { $0 > 0x20 })
        let modulus = stride(from: 0, to: digits.count, by: 2).map {
            UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16) ?? 0
        }
        return """
            {"keys":[{"kty":"RSA","use":"enc","kid":"key-1","n":"AQAB","e":"AQAB"},
            {"kty":"RSA","use":"sig","alg":"RS256","kid":"key-1","n":"\(Self.base64URL(modulus))","e":"AQAB"}]}
            """
    }

    /// The page to log in at: whoever comes is let in, and sent back with a code.
    private func authorize(_ request: LoopbackRequest) -> LoopbackAnswer {
        let query = Self.fields(String(request.target.drop { $0 != "?" }.dropFirst()))
        let code = UUID().uuidString
        guard query["tenant"] == "a", query["response_type"] == "code", query["client_id"] == Self.clientID,
            query["code_challenge_method"] == "S256", let challenge = query["code_challenge"], challenge.count == 43,
            let nonce = query["nonce"], nonce.count >= 16, let returned = query["state"], !returned.isEmpty,
            let redirect = query["redirect_uri"], query["scope"]?.split(separator: " ").contains("openid") == true
        else { return .json(#"{"error":"invalid_request"}"#, status: 400) }
        let issuer = state.withLock { state in
            state.grants[code] = Grant(challenge: challenge, nonce: nonce, redirect: redirect)
            return state.issuer
        }
        let parts = ["code": code, "state": returned, "iss": issuer, "session_state": "x y"].map { name, value in
            name + "=" + Self.encoded(value)
        }
        return .answer(status: 302, headers: [("Location", redirect + "?" + parts.joined(separator: "&"))], body: [])
    }

    private func token(_ request: LoopbackRequest, _ behaviour: Behaviour) throws -> LoopbackAnswer {
        let form = Self.fields(String(decoding: request.body, as: UTF8.self))
        let pair = Self.encoded(Self.clientID) + ":" + Self.encoded(Self.clientSecret)
        let basic = "Basic " + Data(pair.utf8).base64EncodedString()
        guard request.headers["authorization"] == basic else {
            return .json(#"{"error":"invalid_client"}"#, status: 401)
        }
        let grant = state.withLock { state -> Grant? in
            guard let code = form["code"], let grant = state.grants[code] else { return nil }
            if !behaviour.takesCodesAgain { state.grants[code] = nil }
            return grant
        }
        guard let grant, form["grant_type"] == "authorization_code", form["redirect_uri"] == grant.redirect,
            let verifier = form["code_verifier"],
            Self.base64URL(try openssl.run(["dgst", "-sha256", "-binary"], on: Array(verifier.utf8)))
                == grant.challenge
        else { return .json(#"{"error":"invalid_grant"}"#, status: 400) }
        let token = try idToken(nonce: grant.nonce, behaviour)
        return .json(#"{"access_token":"x","token_type":"Bearer","expires_in":60,"id_token":"\#(token)"}"#)
    }

    private func idToken(nonce: String, _ behaviour: Behaviour) throws -> String {
        let now = Int64(Date().timeIntervalSince1970)
        var claims: [String: JSONValue] = [
            "iss": .string(state.withLock { $0.issuer }), "aud": .string(Self.clientID), "sub": .string("subject-1"),
            "nonce": .string(nonce), "iat": .int(now), "exp": .int(now + 300), "email": .string("Owner@example.com"),
            "email_verified": .bool(true), "name": .string("Olga Owner"),
        ]
        for (name, value) in behaviour.claims { claims[name] = value == .null ? nil : value }
        let header = #"{"alg":"\#(behaviour.algorithm)","typ":"JWT","kid":"\#(behaviour.keyID)"}"#
        let body = JSONValue.object(claims.map { .init($0.key, $0.value) }).text
        let signed = Self.base64URL(Array(header.utf8)) + "." + Self.base64URL(Array(body.utf8))
        let bytes = Array(signed.utf8)
        let signature: [UInt8]
        switch behaviour.algorithm {
        case "none": signature = []
        case "HS256":
            let key = try Data(contentsOf: URL(fileURLWithPath: openssl.path("published.pub")))
            let digits = key.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
            signature = try openssl.run(
                ["dgst", "-sha256", "-mac", "HMAC", "-macopt", "hexkey:" + digits, "-binary"], on: bytes)
        default:
            let key = behaviour.signsWithOtherKey ? "other.key" : "published.key"
            signature = try openssl.run(["dgst", "-sha256", "-sign", key, "-binary"], on: bytes)
        }
        return signed + "." + Self.base64URL(signature)
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: "-._~")))
            ?? ""
    }

    private static func base64URL(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
