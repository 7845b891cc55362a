import MartletCore

/// A fictional AWS account, scanned three times: the data of the demonstration and of many tests.
///
/// All names, texts and events are invented; check ids follow Prowler's vocabulary. The bytes are the same on every
/// machine. Between the scans things are fixed, break, break again, vanish and come back; findings name one region,
/// several or none, one resource or several, and some are muted by the scanner.
public struct SampleEstate: Sendable {
    /// The account's id.
    public static let account = "210987654321"
    /// The account's human name.
    public static let accountName = "Fernhill Outfitters production"
    /// 2026-09-01 in days from 1970-01-01.
    static let firstDay: Int64 = 20_697

    /// The three scans, oldest first.
    public let scans: [SampleScan] = [
        SampleScan(number: 1, day: firstDay, form: .lines),
        SampleScan(number: 2, day: firstDay + 30, form: .array),
        SampleScan(number: 3, day: firstDay + 61, form: .lines),
    ]

    private let resources =
        SampleResource.people + SampleResource.storage + SampleResource.compute + SampleResource.network

    /// The sample; there is only one.
    public init() {}

    /// The number of findings a scan reports, 400 to 700.
    public func count(of scan: SampleScan) -> Int { findings(of: scan).count }

    /// The scan's file, uncompressed, in the form of ``SampleScan/form``; it ends with a line end.
    public func file(of scan: SampleScan) -> [UInt8] {
        let header = GeneratedScan(
            account: Self.account, accountName: Self.accountName, organization: "o-fernhill01",
            id: scan.moment.uuid(seed: UInt64(scan.number)), moment: scan.moment)
        let documents = findings(of: scan).map { $0.document(in: header) }
        let lineEnd = [UInt8(ascii: "\n")]
        switch scan.form {
        case .lines: return documents.flatMap { JSONRenderer.compact($0) + lineEnd }
        case .array: return JSONRenderer.indented(.array(documents)) + lineEnd
        }
    }

    /// The scan's findings in the order of check ids.
    func findings(of scan: SampleScan) -> [GeneratedFinding] {
        let present = resources.filter { $0.scans.contains(scan.number) }
        return SampleCheck.all.flatMap { check in
            switch check.subject {
            case .each(let kind):
                return present.filter { $0.kind == kind }.compactMap { check.finding(about: [$0], in: scan) }
            case .together(let kinds):
                let named = present.filter { kinds.contains($0.kind) }
                return check.finding(about: named, in: scan).map { [$0] } ?? []
            }
        }
    }
}
