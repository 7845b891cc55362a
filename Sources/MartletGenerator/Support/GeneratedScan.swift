/// What all findings of one generated scan have in common.
struct GeneratedScan: Sendable {
    var account: String
    var accountName: String
    var organization: String
    var id: String
    var moment: ScanMoment
    /// The scanner's version that the findings claim.
    static let productVersion = "5.46.0"
}
