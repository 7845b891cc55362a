import MartletCore
import Testing

@Suite struct ContentHashTests {
    /// Expected values come from another implementation of BLAKE2b.
    @Test func plainHashIsBlake2b128() {
        let abc = Array("abc".utf8).withUnsafeBytes { ContentHasher.plainHash(of: $0) }
        #expect(abc.hex == "cf4ab791c62b8d2b2109c90275287816")
        #expect(
            ContentHasher.plainHash(of: UnsafeRawBufferPointer(start: nil, count: 0)).hex
                == "cae66941d9efbd404e4d88758ea67670")
    }

    @Test func fieldsFollowTheDocumentedRecipe() {
        var hasher = ContentHasher()
        hasher.add("check")
        hasher.add(-7)
        hasher.add([0, 255] as [UInt8])
        hasher.addNil()
        #expect(hasher.finish().hex == "7b4789031195781ab919cb7bcaa36889")
        #expect(hasher.finish().hex == "cae66941d9efbd404e4d88758ea67670", "a finished hasher is empty")
    }

    @Test func contentBeyondTheBufferHashesTheSame() {
        var hasher = ContentHasher()
        hasher.add("a")
        hasher.add(String(repeating: "x", count: 100_000))
        hasher.add("z")
        #expect(hasher.finish().hex == "99a3b70518bf8a5182c2eefab53a5dab")
        for number in 0..<20_000 { hasher.add(number) }
        #expect(hasher.finish().hex == "3088be9f7f3dd64f6cc181428a56ee95")
    }

    @Test func fieldsDoNotRunTogether() {
        func hash(_ texts: String...) -> ContentHash {
            var hasher = ContentHasher()
            for text in texts { hasher.add(text) }
            return hasher.finish()
        }
        #expect(hash("ab", "c") != hash("a", "bc"))
        #expect(hash("a", "") != hash("a"))
        #expect(hash("a", "") != hash("", "a"))
    }

    @Test func bytesAndHexReadBack() throws {
        let bytes = (0..<16).map { UInt8($0 * 17) }
        let hash = try #require(ContentHash(bytes))
        #expect(hash.bytes == bytes)
        #expect(hash.hex == "00112233445566778899aabbccddeeff")
        #expect(ContentHash(hex: "00112233445566778899AABBCCDDEEFF") == hash)
        #expect(ContentHash(bytes.dropLast()) == nil)
        #expect(ContentHash(hex: "0011") == nil)
        #expect(ContentHash(hex: String(repeating: "g", count: 32)) == nil)
    }

    @Test func orderIsTheOrderOfBytes() throws {
        var random = SplitMix(seed: 5)
        for _ in 0..<500 {
            let left = (0..<16).map { _ in UInt8.random(in: 0...3, using: &random) }
            let right = (0..<16).map { _ in UInt8.random(in: 0...3, using: &random) }
            let hashes = (try #require(ContentHash(left)), try #require(ContentHash(right)))
            #expect((hashes.0 < hashes.1) == left.lexicographicallyPrecedes(right))
        }
    }
}
