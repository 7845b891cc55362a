import CSimdJSON
import MartletCore

/// Turns rows of Prowler's CSV into observations that have the same identities as those of Prowler's OCSF.
final class CSVDecoder: ElementDecoder {
    private let header: CSVHeader
    private let statements: SourceStatements
    private let metadata = CSVMetadataCache()
    private var fields: [martlet_record_field]

    init(header: CSVHeader, statements: SourceStatements) {
        self.header = header
        self.statements = statements
        fields = [martlet_record_field](repeating: martlet_record_field(), count: header.width)
    }

    func decode(_ item: Splitter.Item, into batch: inout ObservationBatch) -> Refusal? {
        var count = 0
        switch martlet_record_split(item.bytes, item.length, header.separator, &fields, fields.count, &count) {
        case Int32(MARTLET_RECORD_OK) where count == header.width: break
        case Int32(MARTLET_RECORD_OK), Int32(MARTLET_RECORD_TOO_MANY):
            return Refusal("", "the row has \(count) columns, but the header has \(header.width)")
        case Int32(MARTLET_RECORD_BAD_QUOTE): return Refusal("", "there is text after the closing quote of a field")
        case Int32(MARTLET_RECORD_NOT_UTF8): return Refusal("", "the bytes are not valid UTF-8")
        default: return Refusal("", "the character U+0000 is not allowed")
        }
        return fields.withUnsafeBufferPointer { fields in
            do throws(Refusal) {
                try append(CSVRow(header: header, fields: fields), to: &batch)
                return nil
            } catch {
                return error
            }
        }
    }

    private func append(_ row: CSVRow, to batch: inout ObservationBatch) throws(Refusal) {
        let check = try row.required(.checkID)
        let account = try statements.account(
            provider: try row.required(.provider), uid: try row.required(.accountUID),
            field: CSVColumn.provider.rawValue)
        let status = try row.readStatus()
        let severity = try row.readSeverity()
        let observedAt = try row.readTime()
        let muted = try row.readMuted()
        let metadata = try metadata.metadata(of: check, in: row)
        let resource = try row.readResource(provider: account.provider)
        statements.describe(account, in: &batch) {
            AccountDescription(
                name: row.text(.accountName), organization: row.text(.organizationUID),
                organizationName: row.text(.organizationName))
        }
        batch.findings.append(
            FindingObservation(
                account: account, check: metadata, regions: resource.regions,
                resource: resource.resource, discriminator: resource.resource.name, status: status, severity: severity,
                muted: muted, detail: row.text(.statusExtended), observedAt: observedAt))
    }
}
