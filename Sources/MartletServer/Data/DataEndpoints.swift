/// The endpoints of accounts, scans, findings and all that is counted of them.
enum DataEndpoints {
    static let all: [Endpoint] = [
        AccountEndpoints.all, SecretEndpoints.all, ScanEndpoints.all, TaskEndpoints.all, ScheduleEndpoints.all,
        FindingEndpoints.all, ResourceEndpoints.all, ComplianceEndpoints.all, ScanReportEndpoints.all,
        OverviewEndpoints.all, SurfaceEndpoints.all, ThreatScoreEndpoints.all, GroupEndpoints.all,
        MuteEndpoints.all, ProcessorEndpoints.all, FrameworkEndpoints.all, CheckEndpoints.all, DiffEndpoints.all,
        RetentionEndpoints.all,
        OpenShieldEndpoints.all, IngestionEndpoints.all, ScoreEndpoints.all, PriorityEndpoints.all,
        RemediationEndpoints.all, CBOMEndpoints.all,
    ].flatMap { $0 }
}
