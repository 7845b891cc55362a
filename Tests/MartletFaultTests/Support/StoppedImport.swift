import Foundation
import MartletCore
import MartletReference
import MartletStore
import Testing

@testable import MartletEngine

/// A run of the program that is stopped, not killed, in a transaction that has proved its token: its fence stays locked.
struct StoppedImport {
    let field: FaultField
    let writer: FaultWriter

    /// Stops the program; another import of the account gets through; the stopped one has lost when it goes on.
    func run() async throws {
        let account = writer.account
        let statements = (0..<600).map { Statement(check: "c\($0 % 5)", uid: "u\($0)", detail: "wide") }
        let path = try await writer.next(statements)
        let process = try field.startProgram(
            path, tenant: writer.tenant, batch: 20, environment: ["PGAPPNAME": "stopped"])
        let isStopped = try await stop(process.pid, account)
        let errors = try process.errorsSoFar
        try #require(isStopped, "the program of \(account) was never in its proof: \(errors)")
        field.log.count("stopped")
        let published = try await writer.scan(byProgram: false)
        #expect(published, "nobody rescued account \(account)")
        process.send(SIGCONT)
        while process.isRunning { try await Task.sleep(for: .milliseconds(10)) }
        let result = try process.wait()
        #expect(result.code == 1 && result.errors.contains("taken over"), "\(result.code) \(result.errors)")
    }

    /// Holds the lease's row until the program waits for it, with its fence locked, and stops the program there.
    private func stop(_ pid: pid_t, _ account: String) async throws -> Bool {
        let database = PostgresDatabase(
            try PostgresSettings(url: field.server.url() + "?application_name=stopper"))
        let isStopped = try await database.write { connection in
            for _ in 0..<2_000 {
                // A renewal on another connection may come first; it has proved the token as well.
                let isWaiting = try connection.first(
                    """
                    SELECT (SELECT COUNT(*) FROM pg_locks WHERE NOT granted
                    AND transactionid = pg_current_xact_id_if_assigned()::xid)
                    FROM (SELECT 1 FROM leases l JOIN accounts a ON a.tenant = l.tenant AND a.id = l.account
                    WHERE a.uid = $1 FOR UPDATE OF l) s
                    """, [.text(account)]
                ) { $0.int(0) > 0 }
                if isWaiting == true {
                    kill(pid, SIGSTOP)
                    return true
                }
                _ = try connection.first("SELECT pg_sleep(0.01)") { _ in }
            }
            return false
        }
        await database.close()
        return isStopped
    }
}
