import Glibc
import MartletCore
import MartletEngine

/// Where `martlet secret set` takes a value from: a file, the environment, or standard input; never an argument.
struct SecretInput {
    let arguments: ParsedArguments
    /// Escapes make a JSON object longer than what it says.
    private static let limit = 2 * SecretValue.sizeLimit

    func read() throws -> SecretValue { try read(isText: arguments.has("text")) }

    /// - Parameter isText: Take the value as one text, whatever it looks like.
    func read(isText: Bool) throws -> SecretValue {
        let variables = arguments.list("from-env")
        let file = arguments.value("from-file")
        guard file == nil || variables.isEmpty else {
            throw MartletError(.usage, "--from-file and --from-env cannot be used together")
        }
        if !variables.isEmpty { return try read(variables, isText: isText) }
        if let file, file != "-" { return try read(file: file, isText: isText) }
        let place = "standard input"
        if isatty(STDIN_FILENO) != 0 { return try .read(Self.askTerminal(), isText: isText, place: place) }
        let bytes = try SecretBytes.read(descriptor: STDIN_FILENO, limit: Self.limit, place: place)
        return try .read(bytes, isText: isText, place: place)
    }

    private func read(_ variables: [String], isText: Bool) throws -> SecretValue {
        let fields = try variables.map { name in
            guard let value = try SecretBytes.environmentVariable(name) else {
                throw MartletError(.notFound, "the environment variable '\(name)' is not set", place: "--from-env")
            }
            return SecretValue.Field(name, value)
        }
        guard isText else { return try .fields(fields) }
        guard fields.count == 1 else { throw MartletError(.usage, "--text takes one variable of --from-env") }
        return try .text(fields[0].value)
    }

    private func read(file: String, isText: Bool) throws -> SecretValue {
        let descriptor = open(file, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw MartletError(errno == ENOENT ? .notFound : .io, String(cString: strerror(errno)), place: file)
        }
        defer { close(descriptor) }
        let bytes = try SecretBytes.read(descriptor: descriptor, limit: Self.limit, place: file)
        return try .read(bytes, isText: isText, place: file)
    }

    /// One line that the terminal does not show.
    private static func askTerminal() throws -> SecretBytes {
        guard let line = getpass("Secret (one line, not shown): ") else {
            throw MartletError(.io, "The terminal cannot be read; use --from-file or --from-env.")
        }
        let length = strlen(line)
        // The C library keeps the line in memory of its own.
        defer { explicit_bzero(line, length) }
        let bytes = UnsafeRawBufferPointer(start: line, count: length)
        // Control-C is no signal while the terminal is asked.
        guard !bytes.contains(3) else { throw CancellationError() }
        return try SecretBytes(copying: bytes)
    }
}
