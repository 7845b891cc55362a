import MartletCore
import Testing

/// What a source says once, in the few words that tests need.
struct Statement: Hashable, Sendable {
    var check = "c0"
    var regions: [String] = ["r0"]
    var uid = "u0"
    /// The resource's name, which is also the discriminator, as imports have it.
    var name = ""
    var status = Status.fail
    var severity = Severity.medium
    var muted = false
    var detail = "d"
    var type = ""
    var tags: [Tag] = []
    var title = "t"

    static var account: AccountKey {
        get throws { AccountKey(provider: try #require(Provider(name: "aws")), uid: "111") }
    }

    /// The check's texts are objects of their own in every statement, as from a reader that does not know them again.
    func observation(at time: Int64, account: AccountKey) -> FindingObservation {
        FindingObservation(
            account: account, check: CheckMetadata(check: check, service: "s", title: title, document: "{}"),
            regions: regions,
            resource: ResourceObservation(
                uid: uid, name: name, type: type, service: "s", region: regions.first ?? "", tags: tags.sorted()),
            discriminator: name, status: status, severity: severity, muted: muted, detail: detail,
            observedAt: Timestamp(milliseconds: time))
    }
}
