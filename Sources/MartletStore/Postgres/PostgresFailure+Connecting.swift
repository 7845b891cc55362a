import MartletCore

extension PostgresFailure {
    /// A connection that could not be made. libpq gives a text only; what it says decides the advice.
    static func connecting(_ message: String, place: String) -> PostgresFailure {
        let text = firstLine(of: message)
        func permanent(_ advice: String) -> PostgresFailure {
            PostgresFailure(kind: .permanent, error: MartletError(.io, "\(advice) (\(text))", place: place))
        }
        if text.contains("password") {
            return permanent(
                "The server refuses the login; check user and password (PGPASSFILE, PGPASSWORD or the URL).")
        }
        if text.contains("SSL") || text.contains("certificate") {
            return permanent("Encryption could not be agreed on; check sslmode, sslrootcert and the server's settings.")
        }
        if text.contains("pg_hba.conf") {
            return permanent("The server does not admit this login from here; check its pg_hba.conf.")
        }
        if text.contains("database \"") || text.contains("role \"") {
            return permanent("The server does not know what the URL names.")
        }
        if text.contains("translate host name") {
            return permanent("The host's name cannot be resolved; check the URL.")
        }
        if text.contains("invalid") || text.contains("service") {
            return permanent("The connection's settings are wrong; check the URL and libpq's variables.")
        }
        return PostgresFailure(
            kind: .lost,
            error: MartletError(
                .io, "The database server cannot be reached; check host and port and that it runs (\(text))",
                place: place))
    }
}
