import MartletCore
import Testing

@testable import MartletEngine

@Suite("Secrets: sealing")
struct SealedSecretTests {
    private let label = SecretLabel(tenant: 7, name: "aws/prod", kind: "text")
    private let ring: SecretKeyRing
    private let sealed: SealedSecret

    init() throws {
        ring = try .new(3)
        sealed = try SealedSecret.seal(SecretBytes("hunter2"), as: label, with: ring.first)
    }

    @Test("what was sealed is opened, and its bytes are as described")
    func roundTrip() throws {
        #expect(try sealed.open(as: label, with: ring).text == "hunter2")
        #expect(sealed.keyID == ring.first.id)
        #expect(sealed.bytes.count == 1 + 8 + 12 + 7 + 16 && sealed.bytes[0] == 1)
        #expect(try SealedSecret(bytes: sealed.bytes).open(as: label, with: ring).text == "hunter2")
        for size in [0, 1, 15, 16, 17, 65_536] {
            let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
            let other = try SealedSecret.seal(SecretBytes(bytes), as: label, with: ring.first)
            let isSame = try other.open(as: label, with: ring).array == bytes
            #expect(isSame, "\(size)")
        }
    }

    @Test("every seal has a nonce of its own")
    func nonces() throws {
        let nonces = try (0..<200).map { _ in
            try Array(SealedSecret.seal(SecretBytes("x"), as: label, with: ring.first).bytes[9..<21])
        }
        #expect(Set(nonces).count == nonces.count)
    }

    @Test("every key of the ring opens, a key outside does not")
    func keys() throws {
        for key in ring.keys {
            let other = try SealedSecret.seal(SecretBytes("v"), as: label, with: key)
            #expect(try other.open(as: label, with: ring).text == "v")
        }
        let stranger = try SecretKeyRing.new()
        let error = try #require(throws: MartletError.self) { try sealed.open(as: label, with: stranger) }
        #expect(error.code == .secretKeyUnknown)
        #expect(error.message.contains(ring.first.id) && error.message.contains(stranger.first.id))
        #expect(!error.message.contains("hunter2"))
    }

    @Test("a change of any bit and any cut is refused")
    func tampered() throws {
        for index in sealed.bytes.indices {
            for bit in 0..<8 {
                var bytes = sealed.bytes
                bytes[index] ^= 1 << bit
                let error = try #require(throws: MartletError.self) {
                    try SealedSecret(bytes: bytes).open(as: label, with: ring)
                }
                // A changed id of the key is that of another key.
                #expect(error.code == ((1..<9).contains(index) ? .secretKeyUnknown : .secretTampered), "byte \(index)")
                #expect(!error.description.contains("hunter2"))
            }
            let error = try #require(throws: MartletError.self) {
                try SealedSecret(bytes: Array(sealed.bytes.prefix(index))).open(as: label, with: ring)
            }
            #expect(error.code == .secretTampered)
        }
        #expect(throws: MartletError.self) { try SealedSecret(bytes: sealed.bytes + [0]).open(as: label, with: ring) }
    }

    @Test("the id of another key of the ring is refused, too")
    func swappedKey() throws {
        for key in ring.keys.dropFirst() {
            var bytes = sealed.bytes
            bytes.replaceSubrange(1..<9, with: try #require(SecretKeyID.bytes(key.id)))
            let error = try #require(throws: MartletError.self) {
                try SealedSecret(bytes: bytes).open(as: label, with: ring)
            }
            #expect(error.code == .secretTampered)
        }
    }

    @Test(
        "another tenant, name or kind is refused",
        arguments: [
            SecretLabel(tenant: 8, name: "aws/prod", kind: "text"),
            SecretLabel(tenant: 7, name: "aws/pro", kind: "text"),
            SecretLabel(tenant: 7, name: "aws/prod", kind: "fields"),
            SecretLabel(tenant: 7, name: "aws/prodt", kind: "ext"),
            SecretLabel(tenant: 7, name: "", kind: "aws/prodtext"),
            SecretLabel(tenant: 7, name: "AWS/prod", kind: "text"),
            SecretLabel(tenant: -7, name: "aws/prod", kind: "text"),
        ])
    func label(other: SecretLabel) throws {
        let error = try #require(throws: MartletError.self) { try sealed.open(as: other, with: ring) }
        #expect(error.code == .secretTampered)
    }
}
