import Glibc
import MartletCore
import MartletEngine
import MartletFormats
import MartletStore

extension Session {
    func runImport() async throws -> ExitCode {
        let files = arguments.operands
        guard files.filter({ $0 == "-" }).count <= 1 else {
            throw MartletError(.usage, "standard input can be read only once")
        }
        // Before the store is made, so that a wrong option or a missing configuration leaves nothing behind.
        let options = try importOptions()
        let reading = ReadingOptions(batchSize: try arguments.integer("batch-size", in: 1...100_000) ?? 3000)
        for file in files where file != "-" { try Self.requireFile(file) }
        return try await withStore(create: true) { store in
            let printer = try ImportPrinter(format: format, terminal: terminal, quiet: log.quiet)
            var code = ExitCode.success
            for file in files {
                do {
                    let reports = try await importFile(file, store, options, reading)
                    for report in reports {
                        try printer.add(report)
                        tell(report)
                        if code == .success { code = exitCode(report) }
                    }
                    if reports.isEmpty { log.note("\(file): no findings") }
                } catch let error as MartletError {
                    // The other files may be fine; the exit code tells that one was not.
                    let place = error.place?.hasPrefix(file) == true ? "" : "\(file): "
                    log.error(place + error.description)
                    code = .failure
                }
            }
            try printer.finish()
            return code
        }
    }

    private func importFile(
        _ file: String, _ store: Store, _ options: ImportOptions, _ reading: ReadingOptions
    ) async throws -> [ImportReport] {
        let source = try ScanFileReader(path: file, options: reading)
        let meter = ProgressMeter(
            label: file == "-" ? "standard input" : InputFile.name(of: file), totalBytes: source.sizeInBytes,
            terminal: messages, quiet: log.quiet)
        defer { meter.finish() }
        var options = options
        options.claimed = notingScans(of: file, in: store)
        return try await Importer(store: store).run(source: source, origin: file, options: options) { progress in
            meter.update(
                findings: progress.findings, bytesRead: progress.bytesRead, publishing: progress.publishing)
        }
    }

    private func importOptions() throws -> ImportOptions {
        var options = ImportOptions()
        if let scope = arguments.value("scope").flatMap(ImportScope.init(rawValue:)) { options.scope = scope }
        options.strict = arguments.has("strict")
        options.history = arguments.has("history")
        if let seconds = try arguments.integer("wait", in: 0...86_400) { options.waitSeconds = Double(seconds) }
        if let path = arguments.value("config") {
            // YAML takes in JSON.
            let config = try YAMLReader.read(try InputFile.read(path), file: path).json(file: path)
            try Self.requireConfiguration(config, path)
            options.config = config
        }
        return options
    }

    /// A scanner's configuration is a mapping of settings, or of a section of settings for each provider.
    private static func requireConfiguration(_ config: JSONValue, _ path: String) throws {
        guard let members = config.objectValue else {
            throw MartletError(
                .invalidInput, "a scanner's configuration is a mapping of settings; found \(config.typeName)",
                place: path)
        }
        for member in members where Provider(name: member.key) != nil && !member.value.isNull {
            guard member.value.objectValue == nil else { continue }
            throw MartletError(
                .invalidInput, "the section \(member.key) is a mapping of settings; found \(member.value.typeName)",
                place: path)
        }
    }

    /// A name that is mistyped is found before anything is imported.
    private static func requireFile(_ path: String) throws {
        guard access(path, R_OK) != 0 else { return }
        throw MartletError(errno == ENOENT ? .notFound : .io, String(cString: strerror(errno)), place: path)
    }

    /// Rejections and hints, for a person.
    private func tell(_ report: ImportReport) {
        if let first = report.rejections.first {
            let count = report.scan.counts.rejected
            log.warning("\(Quantity.count(count, "finding")) rejected; the first: \(Self.text(first))")
            for rejection in report.rejections.dropFirst() { log.info("rejected: \(Self.text(rejection))") }
        }
        for hint in report.hints { log.note(hint) }
    }

    private static func text(_ rejection: Rejection) -> String {
        "\(rejection.place): " + (rejection.field.isEmpty ? "" : "\(rejection.field): ") + rejection.message
    }

    private func exitCode(_ report: ImportReport) -> ExitCode {
        guard let threshold = failOn else { return .success }
        return report.summary.failedBySeverity.contains { $0.key >= threshold && $0.value > 0 } ? .findings : .success
    }
}
