import MartletTestSupport

/// An authority, a server's certificate by it, and an authority of nobody's, made with openssl.
struct Certificates {
    let folder: String

    /// The certificate is for `name` only.
    init(name: String, in folder: String) throws {
        self.folder = folder
        for authority in ["authority", "stranger"] {
            try Self.openssl(
                [
                    "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=\(authority)",
                    "-keyout", "\(folder)/\(authority).key", "-out", "\(folder)/\(authority).crt",
                ])
        }
        try Self.openssl([
            "req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=\(name)", "-keyout", "\(folder)/server.key", "-out",
            "\(folder)/server.csr",
        ])
        try Self.openssl([
            "x509", "-req", "-in", "\(folder)/server.csr", "-days", "2", "-CA", "\(folder)/authority.crt", "-CAkey",
            "\(folder)/authority.key", "-CAcreateserial", "-out", "\(folder)/server.crt",
        ])
    }

    private static func openssl(_ arguments: [String]) throws { try Command.run("openssl", arguments) }
}
