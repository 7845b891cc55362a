import MartletCore
import MartletEngine
import MartletStore

extension Session {
    func addSource() async throws -> ExitCode {
        let source = try externalSource()
        let isReplacing = arguments.has("replace")
        try await withStore(create: true) { store in
            try await ExternalSources(store: store).add(
                source, replacing: isReplacing,
                also: noting(in: store) { AuditNote($0 ? "create" : "update", "sources", source.name) })
        }
        log.note("source \(source.name) is known; scan with --source external:\(source.name)")
        return .success
    }

    func listSources() async throws -> ExitCode {
        let rows = try await withStore(create: false) { store in
            try await store.read { try $0.externalSources().map(ExternalSourceView.init) }
        }
        return try print(rows, Listing.externalSources, single: false)
    }

    func showSource() async throws -> ExitCode {
        let name = arguments.operands[0]
        let view = try await withStore(create: false) { store in
            try await store.read { reader in
                try reader.externalSources().first { $0.name == name }.map(ExternalSourceView.init)
            }
        }
        guard let view else { throw Self.noSource(name) }
        guard format == .table else { return try print([view], Listing.externalSources) }
        let output = OutputStream()
        try view.details.print(to: output, terminal: terminal)
        try output.flush()
        return .success
    }

    func removeSource() async throws -> ExitCode {
        let name = arguments.operands[0]
        let isRemoved = try await withStore(create: false) { store in
            try await ExternalSources(store: store).remove(
                name, hooks: hooks(AuditNote("delete", "sources", name), in: store))
        }
        guard isRemoved else { throw Self.noSource(name) }
        log.note("source \(name) removed")
        return .success
    }

    private static func noSource(_ name: String) -> MartletError {
        MartletError(.notFound, "there is no source '\(name)'; martlet source list shows them")
    }

    private func externalSource() throws -> ExternalSource {
        guard let command = arguments.value("command"), let output = arguments.value("output") else {
            throw MartletError(
                .usage, "a source needs --command '[\"PROGRAM\",…]' and --output stdout or file:PATTERN")
        }
        var source = ExternalSource(
            name: arguments.operands[0],
            command: try Self.named("--command") { try ExternalCommand(json: try JSONValue.parse(command)) },
            output: try Self.named("--output") { try ExternalOutputPlace(output) })
        if let text = arguments.value("timeout") { source.timeout = try Amount.seconds(text, option: "timeout") }
        if let text = arguments.value("output-limit") {
            source.outputLimit = try Amount.bytes(text, option: "output-limit")
            // Whoever allows more output than the default of the disk wants room for it.
            source.diskLimit = max(source.diskLimit, source.outputLimit)
        }
        if let text = arguments.value("disk-limit") {
            source.diskLimit = try Amount.bytes(text, option: "disk-limit")
            if !arguments.has("output-limit") { source.outputLimit = min(source.outputLimit, source.diskLimit) }
        }
        if let text = arguments.value("memory-limit") {
            source.memoryLimit = try Amount.bytes(text, option: "memory-limit")
        }
        source.findingsExitCodes = Set(
            try arguments.list("exit-codes").map { text in
                guard let code = Int32(text) else {
                    throw MartletError(.usage, "--exit-codes needs numbers from 1 to 255, not '\(text)'")
                }
                return code
            })
        for text in arguments.list("environment") {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, source.environment.updateValue(parts[1], forKey: parts[0]) == nil else {
                throw MartletError(.usage, "--environment needs NAME=VALUE, each name once")
            }
        }
        source.secrets = try arguments.list("secret").map { try ExternalSecret($0, place: "--secret") }
        try source.validate()
        return source
    }

    /// Puts an option before the place of an error.
    private static func named<Value>(_ option: String, _ body: () throws -> Value) throws -> Value {
        do { return try body() } catch let error as MartletError {
            throw MartletError(error.code, error.message, place: option + (error.place.map { " \($0)" } ?? ""))
        }
    }
}
