/// The formats of findings that ``ScanFileReader`` recognises by their content.
public enum ScanFileFormat: String, Sendable, Hashable, CaseIterable {
    /// One JSON array of OCSF Detection Findings.
    case ocsfArray = "ocsf-array"
    /// OCSF Detection Findings one after the other, usually one a line.
    case ocsfNDJSON = "ocsf-ndjson"
    /// Prowler's table, one finding a row.
    case prowlerCSV = "prowler-csv"
}
