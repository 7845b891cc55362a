import MartletCore

/// One finding before it is written as an OCSF Detection Finding (class 2004) in the nesting of Prowler's `json-ocsf`.
struct GeneratedFinding: Sendable {
    var check: GeneratedCheck
    var resources: [GeneratedResource]
    /// The region of `cloud` and of the uid; nil leaves it out.
    var region: String?
    /// `PASS`, `FAIL` or `MANUAL`.
    var statusCode: String
    var detail: String
    var muted: Bool
    /// The last part of the uid.
    var uidSuffix: String
}
