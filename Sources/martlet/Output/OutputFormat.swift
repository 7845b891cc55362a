/// How a listing is printed.
enum OutputFormat: String, Sendable {
    /// For a person.
    case table
    /// One array.
    case json
    /// One object a line.
    case ndjson
    /// RFC 4180 with a header.
    case csv
    /// An array of OCSF Detection Findings; findings only.
    case ocsf
    /// OpenShield's document of failed rules; scans of Azure only.
    case openshield
}
