import MartletCore
import MartletStore

/// Where the store is when nobody says.
enum DatabaseLocation {
    /// The URL of `--database`, or the default's. A plain path is taken as an SQLite file's.
    static func url(option: String?, environment: [String: String]) throws -> String {
        if let option, !option.isEmpty {
            return hasScheme(option) ? option : "sqlite:" + option
        }
        return "sqlite:" + (try folder(environment)) + "/martlet.db"
    }

    /// An URL as it may be shown: without a password.
    static func shown(_ url: String) throws -> String {
        PostgresSettings.accepts(url) ? try PostgresSettings(url: url).place : url
    }

    private static func hasScheme(_ text: String) -> Bool {
        guard let colon = text.firstIndex(of: ":"), colon > text.startIndex else { return false }
        return text[..<colon].allSatisfy { $0.isASCII && $0.isLowercase }
    }

    /// The default folder by the XDG rules: a relative `XDG_DATA_HOME` doesn't count.
    private static func folder(_ environment: [String: String]) throws -> String {
        if let home = environment["MARTLET_HOME"], !home.isEmpty { return home }
        if let data = environment["XDG_DATA_HOME"], data.hasPrefix("/") { return data + "/martlet" }
        if let home = environment["HOME"], !home.isEmpty { return home + "/.local/share/martlet" }
        throw MartletError(.usage, "no home folder is known; name the store with --database or MARTLET_DATABASE")
    }
}
