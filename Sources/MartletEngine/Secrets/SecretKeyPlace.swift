import Glibc
import MartletCore
import MartletStore

/// Where an installation's keys are.
public enum SecretKeyPlace: Sendable, Hashable {
    /// A file that was named.
    case file(String)
    /// The environment variable ``variable``.
    case environment
    /// The file beside an embedded store, made when the first secret is set.
    case besideStore(String)

    /// The environment variable that holds keys.
    public static let variable = "MARTLET_SECRET_KEY"
    /// The environment variable that names a file of keys.
    public static let fileVariable = "MARTLET_SECRET_KEY_FILE"

    /// The first of: a file that was named, the environment variable, the file beside an embedded store.
    ///
    /// - Parameter file: What an option or ``fileVariable`` names; nil or empty where nobody names one.
    /// - Throws: ``MartletError`` `secret_key_missing` where there is none of these.
    public static func find(file: String?, for store: Store) throws -> SecretKeyPlace {
        if let file, !file.isEmpty { return .file(file) }
        if let text = getenv(variable), text.pointee != 0 { return .environment }
        if let path = store.filePath { return .besideStore(path + SecretKeyFile.suffix) }
        throw MartletError(
            .secretKeyMissing,
            "No key for secrets was given; name a file by \(fileVariable) or --secret-key-file, or give the key in "
                + "\(variable). `martlet secret key` makes one.")
    }

    /// Reads the keys.
    ///
    /// - Throws: ``MartletError`` `secret_key_missing` when there is no file, and what ``SecretKeyFile/read(_:)`` throws.
    public func keys() throws -> SecretKeyRing {
        switch self {
        case .file(let path): return try SecretKeyFile.read(path)
        case .besideStore(let path): return try SecretKeyFile.read(path)
        case .environment:
            guard let text = try SecretBytes.environmentVariable(Self.variable) else {
                throw MartletError(.secretKeyMissing, "It is not set.", place: Self.variable)
            }
            return try SecretKeyRing(text: text, place: Self.variable)
        }
    }

    /// Makes the file beside an embedded store if it is missing and no secret would need an earlier one. Gives its path
    /// when it is new.
    public func makeIfFirst(for store: Store) async throws -> String? {
        guard case .besideStore(let path) = self, access(path, F_OK) != 0 else { return nil }
        guard try await !store.database.read({ try SecretRecords.hasAny($0) }) else {
            throw MartletError(
                .secretKeyMissing,
                "The store has secrets, but their key is gone. Restore the file, or remove the secrets and set them "
                    + "again.", place: path)
        }
        return try SecretKeyFile.make(path) ? path : nil
    }
}
