import MartletCore
import Testing

@testable import MartletStore

/// Small values for tests.
enum Sample {
    static func account(_ uid: String, _ tenant: Int64, _ connection: any Connection) throws -> AccountID {
        let provider = try #require(Provider(name: "aws"))
        return try Accounts.account(AccountKey(provider: provider, uid: uid), tenant: tenant, connection)
    }

    static func worker(_ name: String = "w") -> Worker { Worker(name: name, host: "h", pid: 7) }

    static func hash(_ number: Int) -> ContentHash { ContentHash(high: UInt64(number), low: 1) }

    static func finding(
        _ number: Int, resource: Int64 = 1, status: Status = .fail, check: Int64 = 1, source: Int64 = 1
    ) -> FindingRecord {
        FindingRecord(
            fingerprint: hash(number), source: source, check: check, regions: 1, resource: resource, status: status,
            severity: .high, muted: false, delta: .new, transition: .none, everFailed: status == .fail,
            firstSeenAt: Timestamp(milliseconds: 1), failingSince: status == .fail ? Timestamp(milliseconds: 1) : nil,
            observedAt: Timestamp(milliseconds: 1), content: hash(number + 1000), discriminator: "", detail: "d")
    }

    static func resource(_ number: Int64, tags: [Tag] = [Tag(key: "k", value: "v")]) -> ResourceRecord {
        ResourceRecord(
            resource: number, key: hash(Int(number)), content: hash(Int(number) + 500),
            firstSeenAt: Timestamp(milliseconds: 1), updatedAt: Timestamp(milliseconds: 1),
            observation: ResourceObservation(uid: "r\(number)", tags: tags))
    }
}

extension Connection {
    /// Every row of a table as text, sorted; for comparing tables as a whole.
    func dump(_ table: String, where condition: String = "1 = 1", _ values: [Value] = []) throws -> [String] {
        let columns = try columns(of: table)
        var rows: [String] = []
        try query("SELECT \(columns.joined(separator: ", ")) FROM \(table) WHERE \(condition)", values) { row in
            rows.append(columns.indices.map { "\(columns[$0])=\(row.value($0))" }.joined(separator: " "))
        }
        return rows.sorted()
    }

    func count(_ table: String, where condition: String = "1 = 1", _ values: [Value] = []) throws -> Int64 {
        try first("SELECT COUNT(*) FROM \(table) WHERE \(condition)", values) { $0.int(0) } ?? -1
    }
}

/// Expects a ``MartletError`` with a code and gives it back.
@discardableResult
func expectError(
    _ code: MartletError.Code, _ location: SourceLocation = #_sourceLocation, _ body: () async throws -> Void
) async -> MartletError? {
    do {
        try await body()
        Issue.record("no error", sourceLocation: location)
    } catch let error as MartletError {
        #expect(error.code == code, "\(error)", sourceLocation: location)
        return error
    } catch {
        Issue.record("\(error) is no MartletError", sourceLocation: location)
    }
    return nil
}

extension Database {
    /// Runs statements in one transaction.
    func run(_ statements: String...) async throws {
        try await write { connection in for statement in statements { try connection.execute(statement) } }
    }
}
