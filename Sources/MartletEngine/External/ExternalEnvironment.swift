import MartletCore

/// The whole environment of a scanner: nothing of the worker's own is handed on but where programs are.
enum ExternalEnvironment {
    /// Set for every scanner; a source cannot set them.
    static let reserved: Set<String> = ["HOME", "TMPDIR", "PWD"]

    /// `NAME=value` by name.
    ///
    /// - Parameters:
    ///   - path: What PATH is, unless the source says.
    ///   - directory: The scanner's private directory.
    ///   - secrets: Variables with their values; one for each that `source.secrets` names.
    static func list(
        for source: ExternalSource, path: String, directory: String, secrets: [String: String]
    ) throws -> [String] {
        var variables = ["PATH": path, "LANG": "C.UTF-8", "TZ": "UTC"]
        variables.merge(source.environment) { _, given in given }
        for name in source.secrets.compactMap(\.variable) where secrets[name] == nil {
            throw MartletError(
                .invalidInput, "the secret \(name) of the source \(source.name) has no value; set it and try again")
        }
        for (name, value) in secrets {
            try check(name: name, at: nil)
            try check(value: value, of: name, at: nil)
            guard source.environment[name] == nil else {
                throw MartletError(
                    .invalidInput, "the variable \(name) of the source \(source.name) is set to a secret, too")
            }
            variables[name] = value
        }
        variables["HOME"] = directory
        variables["TMPDIR"] = directory
        variables["PWD"] = directory
        return variables.map { "\($0.key)=\($0.value)" }.sorted()
    }

    /// Refuses what is no name, what is set for every scanner, and what changes how programs are loaded.
    static func check(name: String, at place: String?) throws {
        let isWord = { (byte: UInt8) in (97...122).contains(byte) || (65...90).contains(byte) || byte == 95 }
        guard name.utf8.count <= 128, name.utf8.first.map(isWord) == true,
            name.utf8.allSatisfy({ isWord($0) || (48...57).contains($0) })
        else {
            throw MartletError(
                .invalidInput, "the name of a variable has letters, digits and _, and no digit first", place: place)
        }
        guard !reserved.contains(name), !name.hasPrefix("LD_") else {
            throw MartletError(.invalidInput, "the variable \(name) cannot be set by a source", place: place)
        }
    }

    /// Refuses what the system cannot hand over; never shows the value, which may be a secret.
    static func check(value: String, of name: String, at place: String?) throws {
        guard value.utf8.count < 131_071 - name.utf8.count, !value.utf8.contains(0) else {
            throw MartletError(
                .invalidInput, "the value of \(name) is longer than 128 KiB or contains U+0000", place: place)
        }
    }
}
