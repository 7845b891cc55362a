import MartletCore
import MartletEngine
import MartletFormats
import MartletPolicy
import MartletStore

extension Session {
    func addChecks() async throws -> ExitCode {
        let submission = try submission(arguments.operands)
        if let error = submission.errors.first {
            for other in submission.errors.dropFirst() { log.error("\(other.place): \(other.message)") }
            throw MartletError(.invalidInput, error.message, place: error.place)
        }
        let checks = submission.checks
        guard !checks.isEmpty else { throw MartletError(.notFound, "there are no files of checks") }
        try await withStore(create: true) { store in
            let note = noting(in: store) { (id: String, isNew: Bool) in AuditNote.check(id, isNew: isNew) }
            try await Administration(store: store).addChecks(submission.rows) { id, isNew, connection in
                try note((id, isNew), connection)
            }
        }
        log.note("\(Quantity.count(checks.count, "check")) added or replaced")
        for (check, _) in checks { log.info("check \(check.id)") }
        return .success
    }

    func removeChecks() async throws -> ExitCode {
        let ids = arguments.operands
        try await withStore(create: false) { store in
            let note = noting(in: store) { AuditNote("delete", "checks", $0) }
            try await Administration(store: store).removeChecks(ids, also: note)
        }
        log.note("\(Quantity.count(ids.count, "check")) removed")
        return .success
    }

    func setCheckParameters() async throws -> ExitCode {
        let assignments = arguments.operands.dropFirst()
        return try await changeParameters { definition, changes in
            for assignment in assignments {
                let parts = assignment.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2 else {
                    throw MartletError(.usage, "expected NAME=VALUE, found '\(assignment)'")
                }
                changes[String(parts[0])] = Self.value(String(parts[1]), of: String(parts[0]), definition)
            }
        }
    }

    func unsetCheckParameters() async throws -> ExitCode {
        let names = arguments.operands.dropFirst()
        return try await changeParameters { _, changes in
            if names.isEmpty { changes = [:] }
            for name in names { changes[name] = nil }
        }
    }

    private func changeParameters(
        _ change: @escaping @Sendable (CheckDefinition, inout [String: JSONValue]) throws -> Void
    ) async throws -> ExitCode {
        let entry = try Self.check(arguments.operands[0], in: try await checkLibrary())
        let id = entry.definition.id
        return try await withStore(create: true) { store in
            let note = noting(in: store) { AuditNote.check(id, parameters: $0) }
            let changes = try await Administration(store: store).changeParameters(of: id) { _, values in
                try change(entry.definition, &values)
                return entry.definition
            } also: {
                try note($0, $1)
            }
            let isChanged = changes.objectValue?.isEmpty == false
            log.note(isChanged ? "check \(id) now runs with \(changes.text)" : "check \(id) runs with its defaults")
            return .success
        }
    }

    /// A value as it was typed: JSON, or text where the parameter takes text.
    private static func value(_ text: String, of name: String, _ definition: CheckDefinition) -> JSONValue {
        let type = definition.parameters.first { $0.name == name }?.type
        if type == .string, !text.hasPrefix("\"") { return .string(text) }
        return (try? JSONValue.parse(text)) ?? .string(text)
    }
}
