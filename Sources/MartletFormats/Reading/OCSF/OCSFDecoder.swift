import CSimdJSON
import MartletCore

/// Turns OCSF Detection Findings into observations.
final class OCSFDecoder: ElementDecoder {
    private let handle: OpaquePointer
    private let statements: SourceStatements
    // By the parser's slots; an entry is replaced when a check is described differently.
    private var metadata: [CheckMetadata?] = []
    private var known: KnownStatements?

    init(statements: SourceStatements) throws {
        guard let handle = martlet_finding_parser_create() else {
            throw MartletError(.limit, "there is not enough memory to read the file")
        }
        self.handle = handle
        self.statements = statements
    }

    deinit { martlet_finding_parser_destroy(handle) }

    func recognise(_ statements: KnownStatements) {
        statements.key.withUnsafeBufferPointer { martlet_finding_set_key(handle, $0.baseAddress) }
        known = statements
    }

    func decode(_ item: Splitter.Item, into batch: inout ObservationBatch) -> Refusal? {
        var finding = martlet_finding()
        if let refusal = refusal(martlet_finding_parse(handle, item.bytes, item.length, &finding), finding) {
            return refusal
        }
        if let known = known?[finding.statement], let time = Timestamp(rfc3339: finding.statement_time.buffer) {
            batch.recognised.append(RecognisedStatement(known: known, observedAt: time))
            return nil
        }
        if let refusal = refusal(martlet_finding_read(handle, &finding), finding) { return refusal }
        // Before anything can refuse the finding: the parser counts new metadata as given.
        let check = checkMetadata(of: finding)
        do throws(Refusal) {
            try append(finding, check, to: &batch)
            return nil
        } catch {
            return error
        }
    }

    private func refusal(_ code: Int32, _ finding: martlet_finding) -> Refusal? {
        switch code {
        case Int32(MARTLET_FINDING_OK): nil
        case Int32(MARTLET_FINDING_NO_MEMORY): Refusal("", "there is not enough memory to read the element")
        default: Refusal(finding.problem_pointer.string, finding.problem.string)
        }
    }

    private func append(_ finding: martlet_finding, _ check: CheckMetadata, to batch: inout ObservationBatch)
        throws(Refusal)
    {
        let account = try statements.account(
            provider: finding.provider.string, uid: finding.account.string, field: "/unmapped/provider")
        let severity = try finding.readSeverity()
        let status = try finding.readStatus()
        let times = try finding.readTimes()
        try statements.accept(product: finding.product.string, field: "/metadata/product/uid")
        statements.describe(account, in: &batch) {
            AccountDescription(
                name: finding.account_name.string, organization: finding.organization.string,
                organizationName: finding.organization_name.string)
        }
        let detail = finding.detail.string
        let subjects = finding.readSubjects()
        // A statement about several resources is not one observation; it is read every time.
        let statement = known != nil && finding.resource_count == 1 ? finding.statement : 0
        for subject in subjects {
            var observation = FindingObservation(
                account: account, check: check, regions: subject.regions, resource: subject.resource,
                discriminator: subject.resource.name, status: status, severity: severity,
                muted: finding.muted != 0, detail: detail, observedAt: times.observed,
                firstSeenAt: times.firstSeen, failingSince: times.failingSince)
            observation.statement = statement
            batch.findings.append(observation)
        }
    }

    private func checkMetadata(of finding: martlet_finding) -> CheckMetadata {
        if finding.metadata_cleared != 0 { metadata.removeAll(keepingCapacity: true) }
        let slot = Int(finding.metadata_slot)
        if finding.metadata_is_new == 0, metadata.indices.contains(slot), let known = metadata[slot] { return known }
        let new = CheckMetadata(
            check: finding.check.string, service: finding.service.string, title: finding.title.string,
            document: finding.metadata.string)
        guard slot >= 0 else { return new }
        while metadata.count <= slot { metadata.append(nil) }
        metadata[slot] = new
        return new
    }
}
