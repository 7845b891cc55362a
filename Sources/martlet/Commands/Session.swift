import Glibc
import MartletCore
import MartletStore

/// One run of one command: what was asked for and where the answers go.
struct Session: Sendable {
    let arguments: ParsedArguments
    let environment: [String: String]
    let log: Log
    /// Standard output.
    let terminal: Terminal
    /// Standard error.
    let messages: Terminal

    init(arguments: ParsedArguments, environment: [String: String]) {
        self.arguments = arguments
        self.environment = environment
        let level = arguments.value("log-level").flatMap(Log.Level.init(rawValue:)) ?? .warning
        log = Log(level: level, quiet: arguments.has("quiet"))
        let noColor = arguments.has("no-color")
        terminal = Terminal(descriptor: STDOUT_FILENO, noColor: noColor, environment: environment)
        messages = Terminal(descriptor: STDERR_FILENO, noColor: noColor, environment: environment)
    }

    var format: OutputFormat { arguments.value("output").flatMap(OutputFormat.init(rawValue:)) ?? .table }

    func run() async throws -> ExitCode {
        switch arguments.command.action {
        case .importFiles: return try await runImport()
        case .accounts: return try await listAccounts()
        case .scans: return try await listScans()
        case .scan: return try await showScan()
        case .findings: return try await listFindings()
        case .resources: return try await listResources()
        case .diff: return try await diff()
        case .frameworksAdd: return try await addFrameworks()
        case .frameworksList: return try await listFrameworks()
        case .frameworksShow: return try await showFramework()
        case .frameworksLint: return try lintFrameworks()
        case .frameworksRemove: return try await removeFramework()
        case .compliance: return try await compliance()
        case .threatScore: return try await threatScore()
        case .muteAdd: return try await addMute()
        case .muteList: return try await listMutes()
        case .muteRemove: return try await removeMute()
        case .mutelistApply: return try await applyMutelist()
        case .retentionShow: return try await showRetention()
        case .retentionSet: return try await setRetention()
        case .retentionClear: return try await clearRetention()
        case .retentionRun: return try await runRetention()
        case .accountRemove: return try await removeAccount()
        case .databaseMigrate: return try await migrateDatabase()
        case .databaseStatus: return try await showDatabase()
        case .databaseCheck: return try await checkDatabase()
        case .databaseCopy: return try await copyDatabase()
        case .completions: return try printCompletions()
        case .help: return try printHelp()
        case .version: return try print("martlet \(Martlet.version)\n")
        }
    }

    /// Writes a text to standard output.
    func print(_ text: String) throws -> ExitCode {
        let output = OutputStream()
        try output.write(text)
        try output.flush()
        return .success
    }
}
