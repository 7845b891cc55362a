import Glibc
import MartletCore

/// Files that hold keys.
public enum SecretKeyFile {
    /// What follows the name of an embedded store to name the file of its key.
    public static let suffix = ".key"

    /// Reads the keys of a file that only its owner can read.
    ///
    /// - Throws: ``MartletError`` `secret_key_missing` when the file does not exist; `secret_key_invalid` when it holds
    ///   something else, or its group or others have any right on it; `io` when it cannot be read.
    public static func read(_ path: String) throws -> SecretKeyRing {
        // A pipe without a writer would keep the program waiting for ever.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            let reason = String(cString: strerror(errno))
            throw MartletError(
                errno == ENOENT ? .secretKeyMissing : .io, "The key file cannot be opened (\(reason)).", place: path)
        }
        defer { close(descriptor) }
        try check(descriptor, path)
        let text = try SecretBytes.read(descriptor: descriptor, limit: SecretKeyRing.sizeLimit, place: path)
        return try SecretKeyRing(text: text, place: path)
    }

    /// Makes a file with a new key that only its owner can read, unless there is one already: then that one stays.
    ///
    /// The file appears with its whole content or not at all. Gives whether it is new.
    public static func make(_ path: String) throws -> Bool {
        let unique = try SecretBytes.random(count: SecretKeyID.size).withUnsafeBytes { SecretKeyID.text($0) }
        let temporary = "\(path).\(unique).new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw failure(temporary) }
        defer { unlink(temporary) }
        let isWritten = try SecretKey.generate().base64().withUnsafeBytes { key in
            write(descriptor, key.baseAddress, key.count) == key.count && write(descriptor, "\n", 1) == 1
                && fsync(descriptor) == 0
        }
        let code = errno
        close(descriptor)
        errno = code
        guard isWritten else { throw failure(temporary) }
        guard link(temporary, path) == 0 else {
            if errno == EEXIST { return false }
            throw failure(path)
        }
        try keepFolder(of: path)
        return true
    }

    private static func check(_ descriptor: Int32, _ path: String) throws {
        var info = stat()
        guard fstat(descriptor, &info) == 0 else { throw failure(path) }
        guard info.st_mode & S_IFMT == S_IFREG else {
            throw MartletError(.secretKeyInvalid, "A key file must be a regular file.", place: path)
        }
        guard info.st_mode & forbiddenRights(path) == 0 else {
            throw MartletError(
                .secretKeyInvalid, "Others than its owner have rights on the key file; take them away (chmod 600).",
                place: path)
        }
        guard [geteuid(), 0].contains(info.st_uid) || geteuid() == 0 else {
            throw MartletError(.secretKeyInvalid, "The key file belongs to another user.", place: path)
        }
    }

    /// The rights that make a key file unusable. In the folder of systemd's credentials, which nobody but the service may
    /// enter, the group's right to read may stand for an access list that names the service's user.
    private static func forbiddenRights(_ path: String) -> mode_t {
        guard let folder = getenv("CREDENTIALS_DIRECTORY").map({ String(cString: $0) }), folder.hasPrefix("/"),
            path.hasPrefix(folder + "/"), !path.contains("/../")
        else { return 0o077 }
        return 0o037
    }

    /// A key that is lost in a power failure after it has sealed something is the worst that can happen.
    private static func keepFolder(of path: String) throws {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        let folder = parts.isEmpty ? "." : parts.joined(separator: "/") + "/"
        let descriptor = open(folder, O_RDONLY | O_CLOEXEC | O_DIRECTORY)
        guard descriptor >= 0 else { throw failure(folder) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(folder) }
    }

    private static func failure(_ path: String) -> MartletError {
        MartletError(.io, "The key file cannot be made (\(String(cString: strerror(errno)))).", place: path)
    }
}
