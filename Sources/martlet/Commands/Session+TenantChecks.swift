import MartletCore
import MartletEngine
import MartletFormats
import MartletPolicy
import MartletStore

extension Session {
    func addChecks() async throws -> ExitCode {
        let (checks, issues) = try lint(arguments.operands)
        let errors = issues.filter { $0.severity == .error }
        if let error = errors.first {
            for other in errors.dropFirst() { log.error("\(other.place): \(other.message)") }
            throw MartletError(.invalidInput, error.message, place: error.place)
        }
        guard !checks.isEmpty else { throw MartletError(.notFound, "there are no files of checks") }
        try await withStore(create: true) { store in
            let tenant = store.tenant
            let rows = checks.map { ($0.id, CheckText.json($1).text) }
            let note = noting(in: store) { (id: String, verb: String) in AuditNote(verb, "checks", id) }
            try await store.database.write { connection in
                let known = Set(try StoreReader(connection: connection, tenant: tenant).tenantChecks().map(\.check))
                for (id, files) in rows {
                    try TenantCheckRecords.set(id, files: files, tenant: tenant, connection)
                    try note((id, known.contains(id) ? "update" : "create"), connection)
                }
            }
        }
        log.note("\(Quantity.count(checks.count, "check")) added or replaced")
        for (check, _) in checks { log.info("check \(check.id)") }
        return .success
    }

    func removeChecks() async throws -> ExitCode {
        let ids = arguments.operands
        try await withStore(create: false) { store in
            let tenant = store.tenant
            let note = noting(in: store) { AuditNote("delete", "checks", $0) }
            try await store.database.write { connection in
                for id in ids {
                    guard try TenantCheckRecords.remove(id, tenant: tenant, connection) else {
                        throw MartletError(.notFound, "there is no check '\(id)' of your own; checks list shows them")
                    }
                    try note(id, connection)
                }
            }
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
        _ change: @Sendable (CheckDefinition, inout [String: JSONValue]) throws -> Void
    ) async throws -> ExitCode {
        let entry = try Self.check(arguments.operands[0], in: try await checkLibrary())
        let id = entry.definition.id
        var changes = entry.parameters
        try change(entry.definition, &changes)
        _ = try CompiledCheck(entry.definition, parameters: changes)
        let members = changes.sorted { $0.key < $1.key }.map { JSONValue.Member($0.key, $0.value) }
        let text = members.isEmpty ? nil : JSONValue.object(members).text
        try await withStore(create: true) { store in
            let tenant = store.tenant
            let note = AuditNote("update", "checks", id, [.init("parameters", .object(members))])
            let hooks = hooks(note, in: store)
            try await store.database.write { connection in
                try TenantCheckRecords.setParameters(of: id, to: text, tenant: tenant, connection)
                try hooks.after(connection)
            }
        }
        log.note(text.map { "check \(id) now runs with \($0)" } ?? "check \(id) runs with its defaults")
        return .success
    }

    /// A value as it was typed: JSON, or text where the parameter takes text.
    private static func value(_ text: String, of name: String, _ definition: CheckDefinition) -> JSONValue {
        let type = definition.parameters.first { $0.name == name }?.type
        if type == .string, !text.hasPrefix("\"") { return .string(text) }
        return (try? JSONValue.parse(text)) ?? .string(text)
    }
}
