/// What a command does, as the table names it; ``CommandRunner`` carries it out.
enum CommandAction: Sendable {
    case importFiles
    case accounts
    case scans
    case scan
    case findings
    case resources
    case diff
    case frameworksAdd
    case frameworksList
    case frameworksShow
    case frameworksLint
    case frameworksRemove
    case compliance
    case threatScore
    case muteAdd
    case muteList
    case muteRemove
    case mutelistApply
    case retentionShow
    case retentionSet
    case retentionClear
    case retentionRun
    case accountRemove
    case databaseMigrate
    case databaseStatus
    case databaseCheck
    case databaseCopy
    case completions
    case help
    case version
}
