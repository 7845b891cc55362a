import MartletCore
import Testing

@testable import MartletEngine

@Suite("FindingIdentity")
struct IdentityTests {
    private static func fingerprint(
        source: String = "prowler", uid: String = "111", check: String = "check", regions: String = "r\n",
        resource: String = "arn", discriminator: String = ""
    ) -> ContentHash {
        let identity = FindingIdentity(source: source, account: AccountKey(provider: ProviderSample.aws, uid: uid))
        var hasher = ContentHasher()
        return identity.fingerprint(
            prefix: identity.checkPrefix(check), check: check, regions: regions, resource: resource,
            discriminator: discriminator, hasher: &hasher)
    }

    /// Stored identities depend on these values: when they change, ``FindingIdentity/version`` must.
    @Test("pinned values")
    func golden() {
        var hasher = ContentHasher()
        #expect(FindingIdentity.version == 1)
        #expect(Self.fingerprint().hex == "09c3c34576be69d9a36e9683904db0d6")
        #expect(
            Self.fingerprint(regions: "", resource: "", discriminator: "name").hex == "09c3c345e5fc8df86b47e80c5d12805e"
        )
        #expect(
            FindingIdentity.resourceKey("arn:aws:s3:::bucket", hasher: &hasher).hex
                == "2d27cb2785c0bb237885cb385dc25b32")
        #expect(FindingIdentity.resourceKey("", hasher: &hasher).hex == "cbf2dc3d5be4287be154be13ee163ecd")
    }

    @Test("fields never run together")
    func boundaries() {
        var seen: Set<ContentHash> = []
        var count = 0
        let letters = Array("abcdef")
        // Every way to cut six letters into six fields.
        func cut(_ fields: [String], _ rest: ArraySlice<Character>) {
            guard fields.count < 5 else {
                let all = fields + [String(rest)]
                count += 1
                seen.insert(
                    Self.fingerprint(
                        source: all[0], uid: all[1], check: all[2], regions: all[3], resource: all[4],
                        discriminator: all[5]))
                return
            }
            for length in 0...rest.count { cut(fields + [String(rest.prefix(length))], rest.dropFirst(length)) }
        }
        cut([], letters[...])
        #expect(count == 462 && seen.count == count)
    }

    @Test("the provider is part of it; findings of one check lie together")
    func scope() throws {
        let azure = FindingIdentity(
            source: "prowler", account: AccountKey(provider: try #require(Provider(name: "azure")), uid: "111"))
        var hasher = ContentHasher()
        #expect(
            azure.fingerprint(
                prefix: azure.checkPrefix("check"), check: "check", regions: "r\n", resource: "arn", discriminator: "",
                hasher: &hasher) != Self.fingerprint())
        let heads = (0..<50).map { Self.fingerprint(resource: "r\($0)").high >> 32 }
        #expect(Set(heads).count == 1)
        #expect(Self.fingerprint(check: "other").high >> 32 != heads[0])
    }

    @Test("keys of resources differ wherever uids do, at any length")
    func resourceKeys() {
        var hasher = ContentHasher()
        let long = String(repeating: "x", count: 200_000)
        let uids =
            ["", " ", "a", "A", "\u{e9}", "e\u{301}", long, long + "y"] + (0..<1_000).map { "arn:aws:ec2:::i-\($0)" }
        let bytes = Set(uids.map { Array($0.utf8) })
        #expect(Set(uids.map { FindingIdentity.resourceKey($0, hasher: &hasher) }).count == bytes.count)
    }
}
