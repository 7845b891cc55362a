import Testing

@testable import MartletEngine

/// AES-256-GCM against published figures: the test cases for 256-bit keys of the specification of GCM that NIST took
/// over (McGrew and Viega, appendix B, cases 13 to 16).
@Suite("Secrets: AES-256-GCM")
struct AES256GCMTests {
    struct Vector: Sendable {
        var key: String
        var nonce: String
        var plaintext = ""
        var associated = ""
        var ciphertext = ""
        var tag: String
    }

    private static let zeroKey = String(repeating: "0", count: 64)
    private static let key = "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"
    private static let plaintext =
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
    private static let ciphertext =
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"

    static let vectors = [
        Vector(
            key: zeroKey, nonce: "000000000000000000000000", tag: "530f8afbc74536b9a963b4f1c4cb738b"),
        Vector(
            key: zeroKey, nonce: "000000000000000000000000", plaintext: "00000000000000000000000000000000",
            ciphertext: "cea7403d4d606b6e074ec5d3baf39d18", tag: "d0d1c8a799996bf0265b98b5d48ab919"),
        Vector(
            key: key, nonce: "cafebabefacedbaddecaf888", plaintext: plaintext + "1aafd255",
            ciphertext: ciphertext + "898015ad", tag: "b094dac5d93471bdec1a502270e3cc6c"),
        Vector(
            key: key, nonce: "cafebabefacedbaddecaf888", plaintext: plaintext,
            associated: "feedfacedeadbeeffeedfacedeadbeefabaddad2", ciphertext: ciphertext,
            tag: "76fc6ece0f4e1768cddf8853bb2d551b"),
    ]

    @Test("seals and opens as published", arguments: vectors)
    func known(vector: Vector) throws {
        let (key, nonce) = (bytes(vector.key), bytes(vector.nonce))
        let sealed = try key.withUnsafeBytes { key in
            try bytes(vector.plaintext).withUnsafeBytes {
                try AES256GCM.seal($0, key: key, nonce: nonce, associated: bytes(vector.associated))
            }
        }
        #expect(hex(sealed) == vector.ciphertext + vector.tag)
        let opened = try key.withUnsafeBytes {
            try AES256GCM.open(sealed[...], key: $0, nonce: nonce, associated: bytes(vector.associated))
        }
        #expect(opened?.withUnsafeBytes { hex($0) } == vector.plaintext)
    }

    @Test("a changed bit of anything, or a part of it, is refused", arguments: vectors)
    func changed(vector: Vector) throws {
        let (key, nonce, associated) = (bytes(vector.key), bytes(vector.nonce), bytes(vector.associated))
        let sealed = bytes(vector.ciphertext + vector.tag)
        func opens(_ key: [UInt8], _ nonce: [UInt8], _ associated: [UInt8], _ sealed: [UInt8]) throws -> Bool {
            try key.withUnsafeBytes {
                try AES256GCM.open(sealed[...], key: $0, nonce: nonce, associated: associated) != nil
            }
        }
        #expect(try opens(key, nonce, associated, sealed))
        for other in flipped(key) { #expect(try !opens(other, nonce, associated, sealed)) }
        for other in flipped(nonce) { #expect(try !opens(key, other, associated, sealed)) }
        for other in flipped(associated) { #expect(try !opens(key, nonce, other, sealed)) }
        for other in flipped(sealed) { #expect(try !opens(key, nonce, associated, other)) }
        for count in sealed.indices { #expect(try !opens(key, nonce, associated, Array(sealed.prefix(count)))) }
        #expect(try !opens(key, nonce, associated + [0], sealed))
    }

    private func flipped(_ bytes: [UInt8]) -> [[UInt8]] {
        (0..<8 * bytes.count).map { bit in
            var changed = bytes
            changed[bit / 8] ^= 1 << (bit % 8)
            return changed
        }
    }

    private func bytes(_ hex: String) -> [UInt8] {
        let digits = hex.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
    }

    private func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
