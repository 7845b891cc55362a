import MartletCore
import MartletFormats
import MartletPolicy
import MartletServer
import MartletStore

extension Session {
    func listChecks() async throws -> ExitCode {
        let providers = Set(arguments.list("provider").map { $0.lowercased() })
        let services = Set(arguments.list("service").map { $0.lowercased() })
        let severities = Set(arguments.list("severity").compactMap { Severity(name: $0) })
        let entries = try await checkLibrary().entries.filter { entry in
            (providers.isEmpty || providers.contains(entry.definition.provider.name))
                && (services.isEmpty || services.contains(entry.definition.service))
                && (severities.isEmpty || severities.contains(entry.definition.severity))
        }
        return try print(entries, Listing.checks, single: false)
    }

    func showCheck() async throws -> ExitCode {
        let library = try await checkLibrary()
        let entry = try Self.check(arguments.operands[0], in: library)
        guard format == .table else { return try print([entry], Listing.checks) }
        let output = OutputStream()
        try entry.details.print(to: output, terminal: terminal)
        try output.flush()
        return .success
    }

    func testChecks() async throws -> ExitCode {
        let definitions: [CheckDefinition]
        if arguments.operands.isEmpty {
            definitions = try await checkLibrary().entries.map(\.definition)
        } else {
            let files = CheckFiles(try arguments.operands.flatMap(CheckFolder.files))
            if let error = files.errors.first { throw error }
            definitions = files.checks
        }
        let results = try definitions.map { CheckResult(definition: $0, proof: try CheckProof($0)) }
        let printer = try ListingPrinter(
            Listing.checkResults, format: format, terminal: terminal, output: OutputStream())
        let failed = results.filter { !$0.proof.problems.isEmpty }
        for result in format == .table ? failed : results { try printer.add(result) }
        try printer.finish()
        let examples = results.reduce(0) { $0 + $1.proof.examples }
        log.note(
            "\(Quantity.count(results.count, "check")), \(Quantity.count(examples, "example")), "
                + "\(Quantity.count(failed.count, "check")) failed")
        return failed.isEmpty ? .success : .failure
    }

    func lintChecks() throws -> ExitCode {
        let issues = try submission(arguments.operands).issues
        let printer = try ListingPrinter(
            Listing.checkIssues, format: format, terminal: terminal, output: OutputStream())
        for issue in issues { try printer.add(issue) }
        try printer.finish()
        let errors = issues.count { $0.severity == .error }
        log.note("\(Quantity.count(errors, "error")), \(Quantity.count(issues.count - errors, "warning"))")
        return errors > 0 ? .failure : .success
    }

    /// The checks of files and folders with everything that is to be said of them.
    func submission(_ paths: [String]) throws -> CheckSubmission {
        try CheckSubmission(try paths.flatMap(CheckFolder.files))
    }

    /// The tenant's checks; those of the program alone where there is no store yet.
    func checkLibrary() async throws -> CheckLibrary {
        do {
            return try await withStore(create: false) { try await checkLibrary(of: $0) }
        } catch let error as MartletError where error.code == .notFound && !arguments.has("database") {
            return try CheckLibrary.shipped()
        }
    }

    /// The checks of a store's tenant.
    func checkLibrary(of store: Store) async throws -> CheckLibrary {
        try await store.read { try $0.checkLibrary() }
    }

    static func check(_ name: String, in library: CheckLibrary) throws -> CheckLibrary.Entry {
        guard let entry = library[name] else {
            let hint = Suggestion.hint(name, library.entries.map(\.definition.id))
            throw MartletError(.notFound, "there is no check '\(name)'\(hint)")
        }
        return entry
    }
}
