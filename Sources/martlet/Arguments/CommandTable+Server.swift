extension CommandTable {
    static let server: [CommandSpec] = [
        CommandSpec(
            "serve", summary: "Serve the HTTP API, with workers inside",
            details: """
                Listens on 127.0.0.1:8080 unless told otherwise. The first start on a store without users prints a token \
                once, with which the first user is made. SIGTERM: no more connections are taken, what is being answered is \
                finished within --grace, and running jobs are handed back. docs/api.md and docs/configuration.md have more.
                """,
            options: [
                OptionSpec(
                    "listen", value: "ADDRESS:PORT", environment: "MARTLET_LISTEN",
                    "Where to listen, such as 0.0.0.0:8080 or [::1]:8080 (default: 127.0.0.1:8080)"),
                OptionSpec(
                    "workers", value: "N", environment: "MARTLET_WORKERS",
                    "Jobs that are done inside at the same time, 0 to 64 (default: 2)"),
                OptionSpec(
                    "public-url", value: "URL", environment: "MARTLET_PUBLIC_URL",
                    "The address that clients use, for links (default: as the request says)"),
                OptionSpec(
                    "trusted-proxy", value: "ADDRESS", repeats: true, environment: "MARTLET_TRUSTED_PROXY",
                    "Believe forwarded headers of these addresses or ranges, such as 10.0.0.0/8"),
                OptionSpec(
                    "cors-origin", value: "ORIGIN", repeats: true, environment: "MARTLET_CORS_ORIGIN",
                    "Let pages of these origins use the API; * for all (default: none)"),
                OptionSpec(
                    "tls-certificate", value: "FILE", environment: "MARTLET_TLS_CERTIFICATE", completion: .file,
                    "Speak TLS with this certificate and its chain (PEM)"),
                OptionSpec(
                    "tls-key", value: "FILE", environment: "MARTLET_TLS_KEY", completion: .file,
                    "The certificate's private key (PEM)"),
                OptionSpec(
                    "rate-limit", value: "N", environment: "MARTLET_RATE_LIMIT",
                    "Requests a second of one caller, 0 for no limit (default: 200); five times as many at once"),
                OptionSpec(
                    "address-rate-limit", value: "N", environment: "MARTLET_ADDRESS_RATE_LIMIT",
                    "The same for one address (default: 400)"),
                OptionSpec(
                    "max-connections", value: "N", environment: "MARTLET_MAX_CONNECTIONS",
                    "Connections at the same time (default: 20000)"),
                OptionSpec(
                    "max-connections-per-address", value: "N", environment: "MARTLET_MAX_CONNECTIONS_PER_ADDRESS",
                    "The same from one address, 0 for no limit of its own (default: 0)"),
                OptionSpec(
                    "metrics-token", value: "TOKEN", environment: "MARTLET_METRICS_TOKEN", isSecret: true,
                    "What /metrics asks for as a bearer token (default: nothing)"),
                OptionSpec(
                    "allow-sign-up", environment: "MARTLET_ALLOW_SIGN_UP",
                    "Let anybody sign up and get a tenant, without an invitation"),
                OptionSpec(
                    "grace", value: "SECONDS", environment: "MARTLET_GRACE",
                    "How long requests and running work may take to finish when told to stop (default: 30)"),
                OptionSpec(
                    "access-log", value: "WHERE", environment: "MARTLET_ACCESS_LOG", choices: ["stderr", "none"],
                    "JSON lines of requests: stderr or none (default: stderr)"),
                endpointMap, allowPrivateAddresses, keyFile,
            ] + TraceExport.options + identity, action: .serve),
        CommandSpec(
            "config", "show", summary: "Show every setting, and where it comes from",
            details: "Secrets are left out. docs/configuration.md describes the settings.",
            options: [CommonOptions.output], action: .configShow),
    ]
}
