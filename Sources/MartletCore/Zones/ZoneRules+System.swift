import Glibc

extension ZoneRules {
    /// Where Debian's package `tzdata` puts its files.
    static let systemFolder = "/usr/share/zoneinfo"

    /// The rules of a time zone of this machine, by its IANA name; the case of letters matters. `UTC` is always there.
    ///
    /// A file is read each time (some 4 KiB); nothing is kept. Throws `invalid_input` for what is no name, `not_found`
    /// for a zone that this machine does not know, `io` where the data are missing or damaged.
    public static func named(_ name: String) throws -> ZoneRules {
        try named(name, folder: systemFolder)
    }

    static func named(_ name: String, folder: String) throws -> ZoneRules {
        try check(name)
        if name == utc.name { return utc }
        guard let bytes = try content(of: folder + "/" + name, name) else {
            guard access(folder + "/Etc/UTC", R_OK) == 0 else {
                throw MartletError(
                    .io, "the data of time zones are missing on this machine: install the Debian package tzdata",
                    place: name)
            }
            throw MartletError(
                .notFound,
                "there is no such time zone on this machine; take an IANA name such as Europe/Berlin or UTC, in its exact "
                    + "spelling", place: name)
        }
        return try ZoneRules(name: name, tzif: bytes)
    }

    /// Names reach the file system, so only what a name of a zone can look like gets there. `localtime` and
    /// `posixrules` differ from machine to machine, and workers must agree.
    private static func check(_ name: String) throws {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        let plain = name.utf8.allSatisfy { byte in
            0x61...0x7A ~= byte | 0x20 || 0x30...0x39 ~= byte || "_+-/".utf8.contains(byte)
        }
        let refused = ["localtime", "posixrules", "posix", "right"]
        guard 1...64 ~= name.utf8.count, plain, parts.count <= 4,
            parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix("-") }), !refused.contains(String(parts[0]))
        else {
            throw MartletError(
                .invalidInput,
                "\(MartletError.quoted(name)) is not the name of a time zone; take an IANA name such as Europe/Berlin or UTC",
                place: "time zone")
        }
    }

    /// The bytes of a regular file; nil where there is none. One more byte than allowed is read, and refused by the
    /// reader of TZif.
    private static func content(of path: String, _ name: String) throws -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw unreadable(name)
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw unreadable(name) }
        guard status.st_mode & S_IFMT == S_IFREG else { return nil }
        var bytes = [UInt8](repeating: 0, count: maximumFileSize + 1)
        var count = 0
        while count < bytes.count {
            let read = bytes.withUnsafeMutableBytes {
                Glibc.read(descriptor, $0.baseAddress?.advanced(by: count), $0.count - count)
            }
            if read < 0, errno == EINTR { continue }
            guard read >= 0 else { throw unreadable(name) }
            if read == 0 { break }
            count += read
        }
        return Array(bytes.prefix(count))
    }

    private static func unreadable(_ name: String) -> MartletError {
        let reason = String(cString: strerror(errno))
        return MartletError(
            .io, "the file of the time zone cannot be read (\(reason)); reinstall the Debian package tzdata",
            place: name)
    }
}
