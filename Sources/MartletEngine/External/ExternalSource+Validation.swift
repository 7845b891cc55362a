import MartletCore

extension ExternalSource {
    private static let largest: Int64 = 1 << 40

    /// Checks everything that can be checked without running it.
    ///
    /// Throws ``MartletError`` (`invalidInput`) with a JSON pointer into ``json`` as its place.
    public func validate() throws {
        try require(Self.isName(name), "/name") {
            "a source's name has 1 to 64 lower-case letters, digits, - and _, and begins with a letter or digit"
        }
        try command.validate()
        if case .files(let pattern) = output { _ = try ExternalOutputPlace.parts(of: pattern) }
        try require((1...604_800).contains(timeout), "/timeout_seconds") { "a timeout has 1 to 604800 seconds" }
        try require((1024...Self.largest).contains(outputLimit), "/output_bytes") {
            "the limit of the output has 1024 to \(Self.largest) bytes"
        }
        try require((outputLimit...Self.largest).contains(diskLimit), "/disk_bytes") {
            "the limit of the disk has at least as many bytes as that of the output, and at most \(Self.largest)"
        }
        if let memoryLimit {
            try require((64 << 20...Self.largest).contains(memoryLimit), "/memory_bytes") {
                "the limit of memory has \(64 << 20) to \(Self.largest) bytes"
            }
        }
        try require(findingsExitCodes.allSatisfy { (1...255).contains($0) }, "/findings_exit_codes") {
            "exit codes that mean findings are 1 to 255; 0 is always a success"
        }
        try validateEnvironment()
    }

    private func validateEnvironment() throws {
        try require(environment.count + secrets.count <= 256, "/environment") {
            "a source has at most 256 variables"
        }
        for (name, value) in environment.sorted(by: { $0.key < $1.key }) {
            try ExternalEnvironment.check(name: name, at: JSONPointer(tokens: ["environment", name]).description)
            try ExternalEnvironment.check(
                value: value, of: name, at: JSONPointer(tokens: ["environment", name]).description)
        }
        for (index, secret) in secrets.enumerated() {
            let earlier = secrets[..<index]
            try require(
                !earlier.contains { $0.name == secret.name && $0.variable == secret.variable }, "/secrets/\(index)"
            ) {
                "the same secret is named twice"
            }
            guard let variable = secret.variable else { continue }
            try require(
                environment[variable] == nil && !earlier.contains { $0.variable == variable }, "/secrets/\(index)"
            ) { "the variable \(variable) is named twice" }
        }
    }

    private static func isName(_ name: String) -> Bool {
        guard (1...64).contains(name.utf8.count), let first = name.utf8.first else { return false }
        let isPlain = { (byte: UInt8) in (97...122).contains(byte) || (48...57).contains(byte) }
        return isPlain(first) && name.utf8.allSatisfy { isPlain($0) || $0 == 45 || $0 == 95 }
    }

    private func require(_ holds: Bool, _ pointer: String, _ message: () -> String) throws {
        if !holds { throw MartletError(.invalidInput, message(), place: pointer) }
    }
}
