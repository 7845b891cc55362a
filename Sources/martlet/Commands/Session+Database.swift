import MartletCore
import MartletStore

extension Session {
    func migrateDatabase() async throws -> ExitCode {
        let status = try await inspect(create: true) { inspection in
            try await inspection.migrate()
            return try await inspection.status()
        }
        log.note("\(status.place) has schema version \(status.version)")
        return .success
    }

    func showDatabase() async throws -> ExitCode {
        let status = try await inspect(create: false) { try await $0.status() }
        let state =
            status.version == 0
            ? "not prepared"
            : status.isCurrent
                ? "up to date" : status.version > status.newest ? "newer than this program" : "not up to date"
        return try print(
            """
            database  \(status.place)
            server    \(status.server)
            schema    version \(status.version) of \(status.newest), \(state)

            """)
    }

    func checkDatabase() async throws -> ExitCode {
        let problems = try await inspect(create: false) { try await $0.check() }
        guard !problems.isEmpty else { return try print("nothing is wrong\n") }
        _ = try print(problems.map { "\($0.subject): \($0.message)\n" }.joined())
        return .failure
    }

    private func inspect<Result>(
        create: Bool, _ body: (DatabaseInspection) async throws -> Result
    ) async throws -> Result {
        let url = try DatabaseLocation.url(option: arguments.value("database"), environment: environment)
        let inspection = try DatabaseInspection(url: url, create: create)
        do {
            let result = try await body(inspection)
            await inspection.close()
            return result
        } catch {
            await inspection.close()
            throw error
        }
    }
}
