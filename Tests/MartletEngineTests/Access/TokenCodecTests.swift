import MartletCore
import MartletStore
import Testing

@testable import MartletEngine

@Suite("Access: tokens")
struct TokenCodecTests {
    private let now = Timestamp(milliseconds: 1_700_000_000_000)

    private func claims(_ kind: TokenClaims.Kind = .access) -> TokenClaims {
        TokenClaims(
            kind: kind, user: "u", tenant: "t", family: "f", sequence: 3, epoch: 2, id: "j", issuedAt: now,
            expiresAt: Timestamp(milliseconds: now.milliseconds + 60_000))
    }

    private func refusal(_ codec: TokenCodec, _ token: String) -> TokenCodec.Refusal? {
        do {
            _ = try codec.decode(token)
            return nil
        } catch {
            return error
        }
    }

    /// A token of parts as they are written.
    private func forged(header: String, claims: String, by key: SigningKey) -> String {
        let signed = Base64URL.encode(header.utf8) + "." + Base64URL.encode(claims.utf8)
        return signed + "." + Base64URL.encode(key.sign(Array(signed.utf8)))
    }

    @Test("what was said comes back, by whichever known key")
    func roundTrip() throws {
        let (old, new) = (try SigningKey.generate(at: now), try SigningKey.generate(at: now))
        let codec = TokenCodec(keys: [new, old])
        let earlier = try #require(TokenCodec(keys: [old]).encode(claims(.refresh)))
        #expect(try codec.decode(earlier) == claims(.refresh))
        let token = try #require(codec.encode(claims()))
        #expect(try codec.decode(token) == claims())
        #expect(refusal(TokenCodec(keys: [old]), token) == .unknownKey)
        #expect(TokenCodec(keys: []).encode(claims()) == nil)
    }

    @Test("no token holds after any of its characters has been changed")
    func tampered() throws {
        let codec = TokenCodec(keys: [try SigningKey.generate(at: now)])
        let token = Array(try #require(codec.encode(claims())).utf8)
        for index in token.indices {
            for bit in [1, 2, 4, 32] as [UInt8] {
                var changed = token
                changed[index] ^= bit
                #expect(refusal(codec, String(decoding: changed, as: UTF8.self)) != nil, "character \(index)")
            }
        }
        for cut in stride(from: 0, to: token.count, by: 7) {
            #expect(refusal(codec, String(decoding: token.prefix(cut), as: UTF8.self)) == .invalid)
        }
    }

    @Test("only EdDSA is taken, whatever the header says, and nothing that must be understood and is not")
    func algorithms() throws {
        let key = try SigningKey.generate(at: now)
        let codec = TokenCodec(keys: [key])
        let json = claims().json
        let good = #"{"alg":"EdDSA","kid":"\#(key.id)","typ":"JWT"}"#
        #expect(refusal(codec, forged(header: good, claims: json, by: key)) == nil)
        for algorithm in ["none", "HS256", "RS256", "ES256", "eddsa", "Ed25519", ""] {
            let header = #"{"alg":"\#(algorithm)","kid":"\#(key.id)"}"#
            #expect(refusal(codec, forged(header: header, claims: json, by: key)) == .invalid, "\(algorithm)")
            let unsigned = Base64URL.encode(header.utf8) + "." + Base64URL.encode(json.utf8) + "."
            #expect(refusal(codec, unsigned) == .invalid, "\(algorithm)")
        }
        for header in [
            #"{"alg":"EdDSA"}"#, #"{"alg":"EdDSA","kid":"\#(key.id)","crit":["exp"]}"#, #"{"kid":"\#(key.id)"}"#, "[]",
            "",
            #"{"alg":["EdDSA"],"kid":"\#(key.id)"}"#,
        ] { #expect(refusal(codec, forged(header: header, claims: json, by: key)) == .invalid, "\(header)") }
        let other = try SigningKey.generate(at: now)
        #expect(refusal(codec, forged(header: good, claims: json, by: other)) == .invalid)
    }

    @Test("claims of another issuer, kind or type are refused")
    func claimForms() throws {
        let key = try SigningKey.generate(at: now)
        let codec = TokenCodec(keys: [key])
        let header = #"{"alg":"EdDSA","kid":"\#(key.id)"}"#
        let json = claims().json
        for (from, to) in [
            (#""iss":"martlet""#, #""iss":"other""#), (#""typ":"access""#, #""typ":"id""#),
            (#""sub":"u""#, #""sub":1"#),
            (#""exp":1700000060"#, #""exp":"1700000060""#), (#""exp":1700000060"#, #""exp":1e300"#),
            (#""exp":1700000060"#, #""exp":-1"#), (#""epoch":2"#, #""epoch":2.5"#), (#""nbf":1700000000"#, #""nbf":0"#),
        ] {
            #expect(json.contains(from))
            let changed = json.replacing(from, with: to)
            #expect(refusal(codec, forged(header: header, claims: changed, by: key)) == .invalid, "\(to)")
        }
        #expect(refusal(codec, String(repeating: "a", count: 10_000)) == .invalid)
        #expect(refusal(codec, "..") == .invalid)
        #expect(refusal(codec, "") == .invalid)
    }

    @Test("a token holds from its time on until its end, with the leeway on both sides")
    func times() {
        let claims = claims()
        func holds(_ offset: Int64) -> Bool {
            claims.holds(at: Timestamp(milliseconds: now.milliseconds + offset), leeway: 30_000)
        }
        #expect(!holds(-30_001) && holds(-30_000) && holds(0) && holds(89_999) && !holds(90_000))
    }

    @Test("keys and invitations are read as they are written")
    func texts() throws {
        let key = APIKeyText.generate()
        let read = try #require(APIKeyText(key.text))
        #expect(read.prefix == key.prefix && read.hash == key.hash && key.prefix.utf8.count == 11)
        #expect(APIKeyText.generate().text != key.text)
        for bad in [
            "", "pk_12345678", "pk_12345678.", "xx_12345678.abc", "pk_123.abc", "pk_12345678.a b", "pk_ü2345678.a",
        ] {
            #expect(APIKeyText(bad) == nil, "\(bad)")
        }
        let token = InvitationToken.generate(tenant: 77)
        #expect(InvitationToken(token.text)?.tenant == 77 && InvitationToken(token.text)?.hash == token.hash)
        for bad in [
            "", "-", "0-" + String(repeating: "a", count: 26), "1-a",
            "99999999999999-" + String(repeating: "a", count: 26),
        ] {
            #expect(InvitationToken(bad) == nil, "\(bad)")
        }
    }

    @Test("base64 for URLs has one form for everything")
    func base64() {
        for count in 0...40 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 200) }
            let text = Base64URL.encode(bytes)
            #expect(Base64URL.decode(text) == bytes)
            #expect(!text.contains("=") && !text.contains("+") && !text.contains("/"))
        }
        for bad in ["a", "aa=", "aa==", "a+aa", "a aa", "aaaa\n", "ü"] {
            #expect(Base64URL.decode(bad) == nil, "\(bad)")
        }
        // The last bits of a half-used character must be zero, or two texts would be one.
        #expect(Base64URL.decode("AA") == [0] && Base64URL.decode("AB") == nil)
    }

    @Test("passwords match their own hash alone")
    func hashes() async throws {
        let worker = try PasswordWorker(threads: 1)
        let password = try SecretBytes(AccessFixture.password)
        #expect(AccessFixture.hash.hasPrefix("$argon2id$v=19$m=65536,t=2,p=1$"))
        #expect(try await worker.verify(AccessFixture.hash, password).matches)
        #expect(try await worker.verify(AccessFixture.hash, password).rehashed == nil)
        #expect(try await worker.verify(AccessFixture.hash, SecretBytes("Correct-Horse-8")).matches == false)
        #expect(try await worker.verify(nil, password).matches == false)
        #expect(try await worker.verify("", password).matches == false)
        #expect(try await worker.verify(String(repeating: "x", count: 500), password).matches == false)
    }
}
