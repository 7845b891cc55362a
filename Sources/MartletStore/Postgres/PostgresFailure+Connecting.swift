import MartletCore

extension PostgresFailure {
    /// A connection that could not be made. libpq gives a text only; what it says decides the advice.
    static func connecting(_ message: String, place: String) -> PostgresFailure {
        let text = firstLine(of: message)
        let words = words(of: text)
        func permanent(_ code: MartletError.Code, _ advice: String) -> PostgresFailure {
            PostgresFailure(kind: .permanent, error: MartletError(code, "\(advice) (\(text))", place: place))
        }
        if ["too many clients", "too many connections", "connection slots are reserved"].contains(
            where: { words.contains($0) })
        {
            return PostgresFailure(kind: .lost, error: noMoreConnections(text, place: place))
        }
        for (marks, code, advice) in advices where marks.contains(where: { words.contains($0) }) {
            return permanent(code, advice)
        }
        return PostgresFailure(
            kind: .lost,
            error: MartletError(
                .io, "The database server cannot be reached; check host and port and that it runs (\(text))",
                place: place))
    }

    /// The first that applies.
    private static let advices: [(marks: [String], code: MartletError.Code, advice: String)] = [
        (["pg_hba.conf"], .io, "The server does not admit this login from here; check its pg_hba.conf."),
        (
            ["password"], .io,
            "The server refuses the login; check user and password (PGPASSFILE, PGPASSWORD or the URL)."
        ),
        (["translate host name"], .io, "The host's name cannot be resolved; check the URL."),
        (
            ["does not match host name"], .io,
            "The server's certificate is for another host; connect by the name that it has."
        ),
        (
            ["certificate verify failed", "root certificate file"], .io,
            "The server's certificate is not by an authority that is trusted; check sslrootcert."
        ),
        (
            ["SSL", "certificate"], .io,
            "Encryption could not be agreed on; check sslmode, sslrootcert and the server's settings."
        ),
        (["permission denied for database"], .io, "The login may not connect to the database; GRANT CONNECT to it."),
        (["database \"", "role \""], .io, "The server does not know what the URL names."),
        (["invalid", "service"], .io, "The connection's settings are wrong; check the URL and libpq's variables."),
    ]

    /// What libpq itself says: without the place before " failed: " and without the names in quotes, which may contain
    /// any word.
    private static func words(of text: String) -> String {
        var rest = text[...]
        if text.hasPrefix("connection to server "), let end = text.firstRange(of: " failed: ") {
            rest = text[end.upperBound...]
        }
        let parts = rest.split(separator: "\"", omittingEmptySubsequences: false)
        return parts.indices.map { $0 % 2 == 0 ? String(parts[$0]) : "" }.joined(separator: "\"")
    }
}
