import MartletCore
import MartletEngine
import MartletFormats
import MartletPolicy
import MartletStore

extension Session {
    func addFrameworks() async throws -> ExitCode {
        var files = arguments.has("shipped") ? ShippedFrameworks.files() : []
        for path in try arguments.operands.flatMap(InputFile.jsonFiles) {
            files.append((path, try InputFile.read(path)))
        }
        guard !files.isEmpty else {
            throw MartletError(.usage, "which frameworks? Give files or folders, or --shipped for those of the program")
        }
        let given = files
        let added = try await withStore(create: true) { store in
            try await Administration(store: store).addFrameworks(
                given, also: noting(in: store) { AuditNote("create", "frameworks", $0) })
        }
        let unchanged = given.count - added.count
        log.note(
            "\(Quantity.count(added.count, "framework")) added or replaced"
                + (unchanged > 0 ? ", \(Quantity.grouped(unchanged)) unchanged" : ""))
        for id in added { log.info("framework \(id)") }
        return .success
    }

    func removeFramework() async throws -> ExitCode {
        let id = arguments.operands[0]
        try await withStore(create: false) { store in
            try await store.read { try Self.check(id, $0) }
            try await Administration(store: store).removeFramework(
                id, hooks: hooks(AuditNote("delete", "frameworks", id), in: store))
        }
        log.note("framework \(id) removed")
        return .success
    }

    func showFramework() async throws -> ExitCode {
        let id = arguments.operands[0]
        let framework = try await withStore(create: false) { store in
            try await store.read { reader in
                try Self.check(id, reader)
                return try reader.framework(id)
            }
        }
        guard let framework else { throw MartletError(.notFound, "there is no framework '\(id)'") }
        let output = OutputStream()
        switch format {
        case .json, .ndjson, .ocsf, .openshield:
            var json = JSONWriter()
            json.framework(framework)
            json.newline()
            try output.write(json.takeBytes())
        case .csv:
            let printer = try ListingPrinter(
                Listing<Requirement>.requirements, format: .csv, terminal: terminal, output: output)
            for requirement in framework.requirements { try printer.add(requirement) }
            try printer.finish()
        case .table:
            try head(framework).print(to: output, terminal: terminal)
            try output.write("\n")
            let printer = try ListingPrinter(
                Listing<Requirement>.requirements, format: .table, terminal: terminal, output: output)
            for requirement in framework.requirements { try printer.add(requirement) }
            try printer.finish()
        }
        try output.flush()
        return .success
    }

    private func head(_ framework: Framework) -> DetailPrinter {
        var details = DetailPrinter()
        details.add("Framework", framework.id, style: .bold)
        details.add("Name", framework.name)
        details.add("Title", framework.title)
        details.add("Version", framework.version)
        details.add("Providers", framework.providers.joined(separator: ", "))
        details.add("Form", framework.form.rawValue)
        details.add("Requirements", Quantity.grouped(framework.requirements.count))
        details.add("Description", framework.description)
        return details
    }

    func lintFrameworks() throws -> ExitCode {
        let paths = try arguments.operands.flatMap(InputFile.jsonFiles)
        let printer = try ListingPrinter(Listing.lint, format: format, terminal: terminal, output: OutputStream())
        let known = try ShippedFrameworks.knownChecks()
        var errors = 0
        for path in paths {
            for issue in FrameworkLinter.lint(bytes: try InputFile.read(path), fileName: path, knownChecks: known) {
                if issue.severity == .error { errors += 1 }
                try printer.add(issue)
            }
        }
        try printer.finish()
        log.note(
            "\(Quantity.count(paths.count, "file")), \(Quantity.count(errors, "error")), "
                + Quantity.count(printer.count - errors, "warning"))
        return errors > 0 ? .failure : .success
    }
}
