import Glibc

/// The part of the process's environment that the program looks at.
enum ProcessEnvironment {
    /// Every variable of the command table and those that the terminal and the default store depend on.
    static func read() -> [String: String] {
        let names =
            CommandTable.commands.flatMap { $0.allOptions.compactMap(\.environment) } + ConfigurationFile.fileVariables
            + [
                "MARTLET_HOME", "XDG_DATA_HOME", "HOME", "NO_COLOR", "TERM", "COLUMNS", "NOTIFY_SOCKET",
                "WATCHDOG_USEC", "WATCHDOG_PID",
            ] + AzureIdentityOptions.variables
        var result: [String: String] = [:]
        for name in Set(names) {
            if let value = getenv(name) { result[name] = String(cString: value) }
        }
        return result
    }
}
