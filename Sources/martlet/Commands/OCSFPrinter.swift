import MartletCore
import MartletFormats
import MartletStore

/// Prints findings as an array of OCSF Detection Findings, one at a time.
final class OCSFPrinter: FindingPrinter {
    private var writer = OCSFWriter()
    private let output: OutputStream
    private let accounts: [AccountKey: AccountDescription]

    init(reader: StoreReader, output: OutputStream) throws {
        self.output = output
        var accounts: [AccountKey: AccountDescription] = [:]
        for row in try reader.accounts(AccountFilter()) {
            accounts[row.account] = AccountDescription(
                name: row.name, organization: row.organization, organizationName: row.organizationName)
        }
        self.accounts = accounts
    }

    func add(_ row: FindingRow) throws {
        let observation = FindingObservation(
            account: row.account, check: row.check, regions: row.regions, resource: row.resource,
            discriminator: row.discriminator, status: row.status, severity: row.severity, muted: row.muted,
            detail: row.detail, observedAt: row.observedAt, firstSeenAt: row.firstSeenAt,
            failingSince: row.failingSince)
        let finding = OCSFFinding(
            observation: observation, scanner: row.source, account: accounts[row.account] ?? AccountDescription(),
            fingerprint: row.fingerprint, scan: row.scan, mutedReason: row.mutedReason)
        try writer.write(finding)
        try output.write(writer.takeBytes())
    }

    func finish() throws {
        writer.finish()
        try output.write(writer.takeBytes())
        try output.flush()
    }
}
