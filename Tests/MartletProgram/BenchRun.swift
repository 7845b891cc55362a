import Foundation
import MartletTestSupport
import Testing

/// A run of the benchmark program and what it printed as JSON.
package struct BenchRun {
    /// A database to measure.
    package enum Database: String, CaseIterable, CustomTestStringConvertible {
        case sqlite, postgresql
        package var testDescription: String { rawValue }
    }

    package let code: Int32
    package let output: Data
    package let errors: String

    package init(_ arguments: [String], in folder: Folder) throws {
        let program = URL(fileURLWithPath: try Binary.path).deletingLastPathComponent()
            .appendingPathComponent("martlet-bench").path
        let files = [folder.path("bench-out"), folder.path("bench-errors")]
        let descriptors = try files.map { try Spawn.file($0, writes: true) }
        defer { for descriptor in descriptors { close(descriptor) } }
        let child = try Spawn.start(
            "/usr/bin/env", ["-C", folder.url.path, program] + arguments, environment: Binary.base(folder),
            output: descriptors[0], errors: descriptors[1])
        code = Spawn.wait(for: child)
        output = try Data(contentsOf: URL(fileURLWithPath: files[0]))
        errors = try String(contentsOfFile: files[1], encoding: .utf8)
    }

    /// Where the run works: the folder, or schemas of the shared server whose names begin with `prefix`.
    package static func place(_ database: Database, prefix: String, in folder: Folder) throws -> [String] {
        let folder = ["--directory", folder.url.path, "-o", "json"]
        guard database == .postgresql else { return folder }
        return folder + ["--database", try PostgresServer.shared.get().url(schema: prefix)]
    }

    /// A figure of a phase; nil when there is none.
    package func figure(_ phase: String, _ name: String) throws -> Double? {
        let document = try #require(try JSONSerialization.jsonObject(with: output) as? [String: Any])
        let phases = try #require(document["phases"] as? [String: [String: Double]])
        return phases[phase]?[name]
    }

    /// The names of targets.
    package func targets() throws -> [String] {
        let document = try #require(try JSONSerialization.jsonObject(with: output) as? [String: Any])
        let targets = try #require(document["targets"] as? [[String: Any]])
        return targets.compactMap { $0["name"] as? String }
    }

    /// Schemas and roles of the shared server whose names begin with `prefix`.
    package static func leftovers(_ prefix: String) throws -> String {
        try PostgresServer.shared.get().psql(
            """
            SELECT nspname FROM pg_namespace WHERE starts_with(nspname, '\(prefix)')
            UNION ALL SELECT rolname FROM pg_roles WHERE starts_with(rolname, '\(prefix)')
            """
        ).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
