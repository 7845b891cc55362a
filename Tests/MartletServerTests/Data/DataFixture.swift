import MartletCore
import MartletHTTPServer
import MartletStore
import Testing

@testable import MartletEngine
@testable import MartletServer

/// Two accounts with findings, and what a naive count of them gives.
struct DataFixture: Sendable {
    let api: APIFixture
    let first: AccountKey
    let second: AccountKey

    static func with(_ place: ServerStore = .sqlite, _ body: (DataFixture) async throws -> Void) async throws {
        try await APIFixture.with(place) { api in
            let data = DataFixture(
                api: api, first: AccountKey(provider: try #require(Provider(name: "aws")), uid: "111122223333"),
                second: AccountKey(
                    provider: try #require(Provider(name: "azure")), uid: "0f0e0d0c-0b0a-4908-8706-050403020100"))
            try await data.scan(data.findings(of: data.first, count: 60), at: 1_800_000_000_000)
            try await data.scan(data.findings(of: data.second, count: 25), at: 1_800_000_100_000)
            try await body(data)
        }
    }

    func scan(_ findings: [FindingObservation], at time: Int64) async throws {
        var options = ImportOptions()
        options.scope = .full
        _ = try await Importer(store: api.store).run(
            source: ListedSource(findings), origin: "test", options: options)
    }

    /// Every third fails, every seventh is manual; five checks in three regions, one resource for two findings.
    func findings(of account: AccountKey, count: Int, failing: Int = 3) -> [FindingObservation] {
        (0..<count).map { number in
            let check = CheckMetadata(
                check: "check_\(number % 5)", service: "service\(number % 5 % 2)", title: "Title \(number % 5)",
                document: number % 5 == 0
                    ? #"{"categories":["internet-exposed"],"description":"What it is."}"# : #"{"risk":"Some."}"#)
            return FindingObservation(
                account: account, check: check, regions: ["region-\(number % 3)"],
                resource: ResourceObservation(
                    uid: "uid:\(number / 2)", name: "name \(number / 2)", type: "Type\(number / 2 % 4)",
                    service: "service",
                    region: "region", tags: [Tag(key: "team", value: "t\(number % 2)")]),
                discriminator: "d\(number)",
                status: number % failing == 0 ? .fail : number % 7 == 0 ? .manual : .pass,
                severity: number % 4 == 0 ? .critical : number % 4 == 1 ? .high : .low, muted: false,
                detail: "detail \(number)", observedAt: Timestamp(milliseconds: 1_800_000_000_000))
        }
    }

    /// Everything that holds.
    var all: [FindingObservation] { findings(of: first, count: 60) + findings(of: second, count: 25) }
}
