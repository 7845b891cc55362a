/// One scan of the sample account: when it was made and how its file is written.
public struct SampleScan: Sendable, Hashable {
    /// How the findings of a file stand in it.
    public enum Form: Sendable, Hashable {
        /// One JSON object a line.
        case lines
        /// One JSON array indented by four spaces, the way Prowler writes it.
        case array
    }

    /// 1, 2 or 3.
    public let number: Int
    /// The day of the scan in UTC, `2026-09-01`.
    public let date: String
    /// How ``SampleEstate/file(of:)`` writes this scan.
    public let form: Form
    /// The name of the scan's file before it is compressed.
    public let fileName: String
    /// Days from 1970-01-01.
    let day: Int64

    init(number: Int, day: Int64, form: Form) {
        self.number = number
        self.day = day
        self.form = form
        date = ScanMoment.date(day)
        fileName = "fernhill-\(date).ocsf." + (form == .lines ? "ndjson" : "json")
    }

    /// 05:30 UTC, when the nightly scan starts.
    var moment: ScanMoment { ScanMoment(days: day, seconds: 19_800) }
}
