import MartletCore

/// What a source says once, in the few words that tests need.
package struct Statement: Hashable, Sendable {
    package var check: String
    package var regions: [String]
    package var uid: String
    /// The resource's name, which is also the discriminator, as imports have it.
    package var name: String
    package var status: Status
    package var severity: Severity
    package var muted: Bool
    package var detail: String
    package var type: String
    package var tags: [Tag]
    package var title: String

    package init(
        check: String = "c0", regions: [String] = ["r0"], uid: String = "u0", name: String = "",
        status: Status = .fail, severity: Severity = .medium, muted: Bool = false, detail: String = "d",
        type: String = "", tags: [Tag] = [], title: String = "t"
    ) {
        (self.check, self.regions, self.uid, self.name) = (check, regions, uid, name)
        (self.status, self.severity, self.muted, self.detail) = (status, severity, muted, detail)
        (self.type, self.tags, self.title) = (type, tags, title)
    }

    package static var account: AccountKey {
        get throws {
            guard let provider = Provider(name: "aws") else { throw MartletError(.usage, "There is no provider aws.") }
            return AccountKey(provider: provider, uid: "111")
        }
    }

    /// The check's texts are objects of their own in every statement, as from a reader that does not know them again.
    package func observation(at time: Int64, account: AccountKey) -> FindingObservation {
        FindingObservation(
            account: account, check: CheckMetadata(check: check, service: "s", title: title, document: "{}"),
            regions: regions,
            resource: ResourceObservation(
                uid: uid, name: name, type: type, service: "s", region: regions.first ?? "", tags: tags.sorted()),
            discriminator: name, status: status, severity: severity, muted: muted, detail: detail,
            observedAt: Timestamp(milliseconds: time))
    }
}
