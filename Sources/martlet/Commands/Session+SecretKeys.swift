import MartletCore
import MartletEngine
import MartletStore

extension Session {
    /// The keys by which this store's secrets are sealed and opened.
    ///
    /// - Parameter create: Make the key of an embedded store when its first secret is set.
    func secretKeys(for store: Store, create: Bool = false) async throws -> SecretKeyRing {
        let place = try SecretKeyPlace.find(file: arguments.value("secret-key-file"), for: store)
        if create, let path = try await place.makeIfFirst(for: store) {
            log.warning("a key for secrets was made: \(path). Back it up: without it no secret can be opened")
        }
        return try place.keys()
    }

    /// Prints a new key.
    func printSecretKey() throws -> ExitCode {
        let output = OutputStream()
        try SecretKey.generate().base64().withUnsafeBytes { try output.write(Array($0)) }
        try output.write("\n")
        try output.flush()
        return .success
    }
}
