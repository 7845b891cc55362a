@testable import martlet

/// A command that changes something, and the row of the audit log that tells of it.
struct AuditedCommand: Sendable {
    var action: CommandAction
    var arguments: [String]
    /// What was done, as the log has it.
    var row: String
    /// A connection that cannot be had ends with 1, and is a result.
    var code: Int32 = 0

    init(_ action: CommandAction, _ row: String, _ arguments: String..., code: Int32 = 0) {
        self.action = action
        self.arguments = arguments
        self.row = row
        self.code = code
    }

    /// Commands that write no row, and why.
    static let silent: [CommandAction: String] = {
        let reading: [CommandAction] = [
            .accounts, .scans, .scan, .checkPermissions, .scanWatch, .configShow, .queue, .scheduleList, .findings,
            .resources, .diff, .score, .priorities, .remediate, .cbom, .frameworksList, .frameworksShow,
            .frameworksLint, .checksList, .checksShow, .checksTest, .checksLint, .compliance, .threatScore, .muteList,
            .retentionShow, .sourceList, .sourceShow, .secretList, .secretKey, .userList, .auditList,
            .databaseStatus, .databaseCheck, .completions, .help, .version,
        ]
        var reasons = Dictionary(uniqueKeysWithValues: reading.map { ($0, "only looks") })
        reasons[.worker] = "does what others have asked for, and their rows tell of"
        reasons[.serve] = reasons[.worker]
        reasons[.databaseMigrate] = "changes no tenant's data; the schema's own table tells of it"
        reasons[.databaseCopy] = "changes another store, which has the log of this one"
        return reasons
    }()
}
