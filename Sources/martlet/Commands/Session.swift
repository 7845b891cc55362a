import Glibc
import MartletCore
import MartletStore

/// One run of one command: what was asked for and where the answers go.
struct Session: Sendable {
    let arguments: ParsedArguments
    let environment: [String: String]
    /// Where values of the environment come from, where they are none of the process's.
    let origins: [String: String]
    let log: Log
    /// Standard output.
    let terminal: Terminal
    /// Standard error.
    let messages: Terminal

    init(arguments: ParsedArguments, environment: [String: String], origins: [String: String] = [:]) {
        self.arguments = arguments
        self.environment = environment
        self.origins = origins
        let level = arguments.value("log-level").flatMap(Log.Level.init(rawValue:)) ?? .warning
        let form = arguments.value("log-format").flatMap(Log.Format.init(rawValue:)) ?? .text
        log = Log(level: level, quiet: arguments.has("quiet"), format: form)
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
        case .scanAzure: return try await scanAzure()
        case .checkPermissions: return try await showCheckPermissions()
        case .scanStart: return try await startScan()
        case .scanCancel: return try await cancelScan()
        case .scanRetry: return try await retryScan()
        case .scanWatch: return try await watchScan()
        case .worker: return try await runWorker()
        case .serve: return try await serve()
        case .configShow: return try await showConfig()
        case .queue: return try await showQueue()
        case .scheduleAdd: return try await addSchedule()
        case .scheduleList: return try await listSchedules()
        case .schedulePause: return try await pauseSchedule()
        case .scheduleResume: return try await resumeSchedule()
        case .scheduleRemove: return try await removeSchedule()
        case .accountAdd: return try await addAccount()
        case .accountTest: return try await testAccount()
        case .findings: return try await listFindings()
        case .resources: return try await listResources()
        case .diff: return try await diff()
        case .score: return try await score()
        case .priorities: return try await priorities()
        case .remediate: return try await remediate()
        case .cbom: return try await cbom()
        case .frameworksAdd: return try await addFrameworks()
        case .frameworksList: return try await listFrameworks()
        case .frameworksShow: return try await showFramework()
        case .frameworksLint: return try lintFrameworks()
        case .frameworksRemove: return try await removeFramework()
        case .checksList: return try await listChecks()
        case .checksShow: return try await showCheck()
        case .checksTest: return try await testChecks()
        case .checksLint: return try lintChecks()
        case .checksAdd: return try await addChecks()
        case .checksRemove: return try await removeChecks()
        case .checksSet: return try await setCheckParameters()
        case .checksUnset: return try await unsetCheckParameters()
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
        case .sourceAdd: return try await addSource()
        case .sourceList: return try await listSources()
        case .sourceShow: return try await showSource()
        case .sourceRemove: return try await removeSource()
        case .secretSet: return try await setSecret()
        case .secretList: return try await listSecrets()
        case .secretRemove: return try await removeSecret()
        case .secretRotate: return try await rotateSecrets()
        case .secretKey: return try printSecretKey()
        case .userAdd: return try await addUser()
        case .userList: return try await listUsers()
        case .userPassword: return try await setPassword()
        case .auditList: return try await listAudit()
        case .auditPrune: return try await pruneAudit()
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
