import MartletCore

/// Why a statement or a connection failed, as the retry needs to know it.
struct PostgresFailure: Sendable {
    enum Kind: Sendable {
        /// Trying the whole transaction again may help.
        case transient
        /// The connection is gone; a new one may help.
        case lost
        /// Trying again gives the same.
        case permanent
    }

    let kind: Kind
    let error: MartletError

    /// A statement's failure by its SQLSTATE. `message` is the server's primary message: details may hold data.
    static func statement(_ state: String, _ message: String, place: String) -> PostgresFailure {
        PostgresFailure(kind: kind(of: state), error: error(of: state, message, place: place))
    }

    /// A broken connection.
    static func lost(_ message: String, place: String) -> PostgresFailure {
        PostgresFailure(
            kind: .lost,
            error: MartletError(
                .io, "The connection to the database was lost (\(firstLine(of: message))); run the command again.",
                place: place))
    }

    /// A load of which not every row arrived, for a rule or trigger that is not Martlet's.
    static func wrongCount(sent: Int, inserted: Int, table: String, place: String) -> PostgresFailure {
        PostgresFailure(
            kind: .permanent,
            error: MartletError(
                .database, "\(sent) rows of \(table) were to be written and \(inserted) were.", place: place))
    }

    static func firstLine(of message: String) -> String {
        message.split(whereSeparator: \.isNewline).first.map(String.init) ?? "no reason given"
    }

    static func noMoreConnections(_ reason: String, place: String) -> MartletError {
        MartletError(
            .limit, "The server takes no more connections (\(reason)); use fewer (pool=N in the URL) or PgBouncer.",
            place: place)
    }

    private static func kind(of state: String) -> Kind {
        switch state {
        case "40001", "40P01": .transient
        case "57P01", "57P02", "57P03", "57P05", "25P03": .lost
        case _ where state.hasPrefix("08") && state != "08P01": .lost
        default: .permanent
        }
    }

    private static func error(of state: String, _ message: String, place: String) -> MartletError {
        func make(_ code: MartletError.Code, _ text: String) -> MartletError {
            MartletError(code, text, place: place)
        }
        switch state {
        case "40001", "40P01":
            return make(.conflict, "Others changed the same rows again and again (\(message)); run the command again.")
        case "55P03":
            return make(.conflict, "Another transaction holds what is needed; wait for it to finish or end it.")
        case "57014":
            return make(.limit, "A statement was ended before it had finished (\(message)).")
        case "25006":
            return make(.io, "The database cannot be written: the server or the transaction is read-only (a standby?).")
        case "53100":
            return make(.io, "The database server's disk is full; free some space there and run the command again.")
        case "53300":
            return noMoreConnections(message, place: place)
        case "53400":
            return make(
                .io,
                "The server gives this login no more temporary space (\(message)); raise its temp_file_limit or import less at once."
            )
        case "42501":
            return make(
                .database, "The login lacks a right (\(message)); `martlet database check` names what is missing.")
        case "42P01", "3F000", "22023":
            return make(
                .database, "The database is not prepared (\(message)); run `martlet database migrate` as its owner.")
        case _ where state.hasPrefix("23"):
            return make(.database, "A rule of the database was violated (\(message)).")
        case _ where kind(of: state) == .lost:
            return make(.io, "The server ended the connection (\(message)); run the command again.")
        default:
            return make(.database, "The database refused a statement (\(message)).")
        }
    }
}
