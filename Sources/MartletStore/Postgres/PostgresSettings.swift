import CPostgres
import MartletCore

/// How to reach a PostgreSQL database and how long to wait for it.
public struct PostgresSettings: Sendable, CustomStringConvertible, CustomReflectable {
    /// What libpq gets: the URL without Martlet's own parameters. It may hold a password.
    let connection: String
    /// The URL as it may be shown: without a password.
    public let place: String
    /// The schema that holds every table.
    public let schema: String
    /// The role that works on one tenant's rows.
    public let applicationRole: String
    /// The role that sees the queue of all tenants and no findings.
    public let dispatchRole: String
    /// Connections at the most; more work waits.
    public var maximumConnections = 8
    /// Seconds that work waits for a connection of the pool.
    public var poolWaitSeconds = 60.0
    /// Seconds that a connection may be idle before it is replaced.
    public var idleSeconds = 240.0
    /// Milliseconds of one statement.
    public var statementMilliseconds = 600_000
    /// Milliseconds of waiting for one lock.
    public var lockMilliseconds = 30_000
    /// Milliseconds that a transaction may wait for this program before the server ends it.
    public var idleInTransactionMilliseconds = 120_000
    /// Seconds over which work is tried again after a lost connection, a deadlock or a serialization failure.
    public var retrySeconds = 20.0

    /// Reads `postgresql://…` or `postgres://…`, in the form of libpq, with `schema=NAME` (default `martlet`) and
    /// `pool=N` as further parameters. Throws ``MartletError`` (`usage`) for anything else.
    public init(url: String) throws {
        guard Self.accepts(url) else { throw Self.unreadable("it begins with postgresql://") }
        let parts = url.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var schema = "martlet"
        var kept: [Substring] = []
        for parameter in parts.count > 1 ? parts[1].split(separator: "&") : [] {
            if parameter.hasPrefix("schema=") {
                schema = String(parameter.dropFirst(7))
            } else if parameter.hasPrefix("pool=") {
                guard let number = Int(parameter.dropFirst(5)), (1...200).contains(number) else {
                    throw Self.unreadable("pool is a number from 1 to 200")
                }
                maximumConnections = number
            } else {
                kept.append(parameter)
            }
        }
        guard Self.isName(schema) else {
            throw Self.unreadable("schema is a name of at most 48 lower-case letters, digits and _")
        }
        connection = parts[0] + (kept.isEmpty ? "" : "?" + kept.joined(separator: "&"))
        self.schema = schema
        applicationRole = schema + "_app"
        dispatchRole = schema + "_dispatch"
        place = try Self.shown(connection)
    }

    /// Whether an URL is one of PostgreSQL's.
    public static func accepts(_ url: String) -> Bool {
        url.hasPrefix("postgresql://") || url.hasPrefix("postgres://")
    }

    /// The same as ``place``: the connection's text may hold a password.
    public var description: String { place }
    /// Shows nothing but ``place``.
    public var customMirror: Mirror { Mirror(self, children: ["place": place]) }

    private static func isName(_ text: String) -> Bool {
        let bytes = text.utf8
        guard (1...48).contains(bytes.count), let first = bytes.first, !isDigit(first) else { return false }
        return bytes.allSatisfy {
            isDigit($0) || $0 == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")) ~= $0
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")) ~= byte }

    /// libpq's own reading of the URL, without the password. Its message is not passed on: it may quote the password.
    private static func shown(_ text: String) throws -> String {
        guard let options = PQconninfoParse(text, nil) else {
            throw unreadable(
                "the form is postgresql://USER@HOST:PORT/DATABASE?PARAMETER=VALUE, special characters as %XX")
        }
        defer { PQconninfoFree(options) }
        var values: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { values[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        var place = "postgresql://"
        if let user = values["user"] { place += user + "@" }
        place += values["host"] ?? values["hostaddr"] ?? ""
        if let port = values["port"] { place += ":" + port }
        if let database = values["dbname"] { place += "/" + database }
        if let service = values["service"] { place += "?service=" + service }
        return place
    }

    private static func unreadable(_ reason: String) -> MartletError {
        MartletError(.usage, "The database's URL cannot be read: \(reason).", place: "--database")
    }
}
