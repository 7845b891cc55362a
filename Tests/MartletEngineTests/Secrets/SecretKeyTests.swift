import Foundation
import MartletCore
import Testing

@testable import MartletEngine

@Suite("Secrets: keys")
struct SecretKeyTests {
    private let zero = String(repeating: "00", count: 32)
    private let zeroBase64 = String(repeating: "A", count: 43) + "="

    private func ring(_ text: String) throws -> SecretKeyRing {
        try SecretKeyRing(text: SecretBytes(text), place: "here")
    }

    @Test("hexadecimal and base64 say the same key, whose id is stable")
    func forms() throws {
        let keys = try [zero, zeroBase64].map { try ring($0).first }
        #expect(keys[0].bytes.isEqual(to: keys[1].bytes))
        // HMAC-SHA-256 of the purpose under 32 zero bytes, computed with another program.
        #expect(keys[0].id == "7c533ff9eca9bc22" && keys[1].id == keys[0].id)
        #expect(try ring("0F" + zero.dropFirst(2)).first.bytes.array == [15] + [UInt8](repeating: 0, count: 31))
        let new = try SecretKey.generate()
        let text = try new.base64()
        #expect(text.count == 44)
        #expect(try ring(text.text).first.bytes.isEqual(to: new.bytes))
        #expect(try SecretKey.generate().id != new.id)
    }

    @Test("a ring: lines, commas, comments; the first seals; no key twice")
    func rings() throws {
        let other = String(repeating: "ab", count: 32)
        let text = "# new\n\(other), \(zeroBase64)\r\n\n#\(zero)\n  \(zero)\t\n"
        let ring = try ring(text)
        #expect(ring.keys.count == 2 && ring.first.bytes.array.first == 0xAB)
        #expect(ring.key(ring.keys[1].id)?.id == ring.keys[1].id && ring.key("x") == nil)
        let turned = try ring.sealing(with: self.ring(zero))
        #expect(turned.keys.map(\.id) == ring.keys.map(\.id).reversed())
        let many = (0...SecretKeyRing.limit).map { String(format: "%064x", $0) }
        #expect(try #require(throws: MartletError.self) { try self.ring(many.joined(separator: "\n")) }.code == .limit)
        #expect(try self.ring(many.dropLast().joined(separator: " ")).keys.count == SecretKeyRing.limit)
    }

    @Test(
        "what is no key is refused and not repeated",
        arguments: [
            "hunter2", "00", String(repeating: "0", count: 63), String(repeating: "0", count: 65),
            String(repeating: "g", count: 64), String(repeating: "A", count: 43), String(repeating: "A", count: 44),
            String(repeating: "A", count: 42) + "==", String(repeating: "A", count: 43) + "=x",
        ])
    func noKey(text: String) throws {
        let error = try #require(throws: MartletError.self) { try ring(text) }
        #expect(error.code == .secretKeyInvalid && error.place == "here" && !error.message.contains(text), "\(error)")
    }

    @Test("no key at all", arguments: ["", "\n", "# nothing\n", " ,\t"])
    func empty(text: String) throws {
        #expect(try #require(throws: MartletError.self) { try ring(text) }.code == .secretKeyMissing)
    }

    @Test("a file that others have any right on is refused", arguments: 0..<64 as Range<mode_t>)
    func modes(rights: mode_t) throws {
        let folder = try TemporaryFolder()
        try folder.write(Array(zero.utf8), to: "k")
        let path = folder.file("k")
        #expect(chmod(path, 0o600 | rights) == 0)
        if rights == 0 {
            #expect(try SecretKeyFile.read(path).keys.count == 1)
        } else {
            let error = try #require(throws: MartletError.self) { try SecretKeyFile.read(path) }
            #expect(error.code == .secretKeyInvalid && error.message.contains("chmod 600"))
        }
    }

    @Test("what is no readable file says so")
    func noFile() throws {
        let folder = try TemporaryFolder()
        func code(_ name: String) throws -> MartletError.Code {
            try #require(throws: MartletError.self) { try SecretKeyFile.read(folder.file(name)) }.code
        }
        #expect(try code("none") == .secretKeyMissing)
        #expect(mkdir(folder.file("folder"), 0o700) == 0)
        #expect(try code("folder") == .secretKeyInvalid)
        #expect(mkfifo(folder.file("pipe"), 0o600) == 0)
        #expect(try code("pipe") == .secretKeyInvalid)
        try folder.write([UInt8](repeating: 10, count: SecretKeyRing.sizeLimit + 1), to: "long")
        #expect(chmod(folder.file("long"), 0o600) == 0)
        #expect(try code("long") == .limit)
    }

    @Test("a file is made once, for its owner alone, also by many at once")
    func make() async throws {
        let folder = try TemporaryFolder()
        let path = folder.file("store.db.key")
        let made = try await withThrowingTaskGroup(of: (Bool, String).self) { group in
            for _ in 0..<8 {
                group.addTask { (try SecretKeyFile.make(path), try SecretKeyFile.read(path).first.id) }
            }
            return try await group.reduce(into: [(Bool, String)]()) { $0.append($1) }
        }
        #expect(made.filter(\.0).count == 1 && Set(made.map(\.1)).count == 1)
        var info = stat()
        #expect(stat(path, &info) == 0 && info.st_mode & 0o777 == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["store.db.key"])
        #expect(throws: MartletError.self) { try SecretKeyFile.make(folder.file("no/such")) }
    }
}
