import MartletCore
import MartletPolicy

extension ScanRun {
    /// Hands on what checks said of an item.
    func tell(
        _ outcomes: [[CheckOutcome]], _ collector: PlannedCollector, _ resource: ResourceObservation?, _ region: String
    ) async throws {
        var findings: [FindingObservation] = []
        ledger.withLock { ledger in
            for (check, outcomes) in zip(collector.checks, outcomes) {
                for outcome in outcomes { note(outcome, of: check, resource, region, &ledger, &findings) }
            }
        }
        if !findings.isEmpty { try await sink.send(findings) }
    }

    private func note(
        _ outcome: CheckOutcome, of check: Int, _ resource: ResourceObservation?, _ region: String,
        _ ledger: inout CoverageLedger, _ findings: inout [FindingObservation]
    ) {
        let place = outcome.region.map { Self.regionName($0) } ?? region
        if outcome.verdict == .error {
            let failure = outcome.failedCall.flatMap { failures[$0] }
            let gap = failure?.gap ?? Self.gap(outcome, resource)
            return ledger.failed(check, in: place, failure?.state ?? .errored, gap)
        }
        ledger.evaluated(check, in: place)
        guard let status = Self.status(of: outcome.verdict) else { return }
        guard var about = resource ?? outcome.id.map({ ResourceObservation(uid: $0) }) else {
            let gap = CoverageGap(message: "An item has no id, so nothing can be said of it.")
            return ledger.failed(check, in: place, .errored, gap)
        }
        if let id = outcome.id, id != about.uid {
            // Another resource than the item: what the item says of itself is not about it.
            about = ResourceObservation(uid: id, service: about.service)
        }
        about.name = outcome.name ?? about.name
        about.type = outcome.type ?? about.type
        about.region = place
        findings.append(
            FindingObservation(
                account: request.account, check: metadata[check], regions: [place], resource: about,
                discriminator: outcome.discriminator, status: status, severity: outcome.severity, muted: false,
                detail: outcome.message, observedAt: observedAt))
    }

    /// What an item is as a resource; nil when it has no id.
    static func resource(
        of definition: CollectorDefinition, in scope: CollectedScope, _ children: [String: CollectedAnswer] = [:],
        region: String
    ) -> ResourceObservation? {
        let description = definition.resource
        guard let id = description.id.text(in: scope), !id.isEmpty else { return nil }
        let service = definition.id.split(separator: ".").dropFirst().first.map(String.init) ?? ""
        var tags: Set<Tag> = []
        for member in scope.value(at: description.tags)?.objectValue ?? [] {
            if let value = member.value.stringValue { tags.insert(Tag(key: member.key, value: value)) }
        }
        return ResourceObservation(
            uid: id, name: description.name.text(in: scope) ?? "", type: description.type.text(in: scope) ?? "",
            service: service, region: region,
            data: metadata(of: description, in: scope, children), tags: tags.sorted())
    }

    /// What is kept of an item, as canonical JSON; empty where that is nothing.
    private static func metadata(
        of description: CollectorResource, in scope: CollectedScope, _ children: [String: CollectedAnswer]
    ) -> String {
        let members = description.keep.compactMap { detail in
            detail.value(of: scope, children).map { JSONValue.Member(detail.name, $0) }
        }
        return members.isEmpty ? "" : JSONValue.object(members).canonicalText
    }

    /// A region as Azure's lists of regions write it: some answers have `West Europe`.
    static func regionName(_ text: String?) -> String {
        let name = (text ?? "").lowercased().filter { !$0.isWhitespace }
        return name.isEmpty ? CoverageLedger.global : name
    }

    private static func status(of verdict: CheckVerdict) -> Status? {
        switch verdict {
        case .fail: .fail
        case .manual: .manual
        case .pass: .pass
        case .error, .notApplicable: nil
        }
    }

    private static func gap(_ outcome: CheckOutcome, _ resource: ResourceObservation?) -> CoverageGap {
        let place = outcome.place.map { " (\($0))" } ?? ""
        return CoverageGap(
            call: resource?.uid ?? "", message: "The check could not be decided: \(outcome.message)\(place)")
    }
}
