import MartletCore

/// A resource of the sample account and its life over the three scans.
struct SampleResource: Sendable {
    enum Environment: String, Sendable {
        case production, staging, development

        /// How much likelier than usual a check fails here.
        var neglect: Double {
            switch self {
            case .production: 0.8
            case .staging: 1.2
            case .development: 1.7
            }
        }
    }

    enum Team: String, Sendable {
        case storefront, payments, logistics, insight, platform, marketing

        var costCenter: String {
            switch self {
            case .storefront: "cc-1100"
            case .payments: "cc-1200"
            case .logistics: "cc-1300"
            case .insight: "cc-1400"
            case .platform: "cc-1500"
            case .marketing: "cc-1600"
            }
        }
    }

    var kind: SampleKind
    var name: String
    /// The regions it is in; empty for what belongs to no region.
    var regions: [String]
    var environment: Environment
    var team: Team
    /// The day it was created.
    var born: Int64
    /// The scans, 1 to 3, that see it.
    var scans: Set<Int> = [1, 2, 3]
    /// The day an access key was replaced by a new one under the same name.
    var renewed: Int64?
    /// Who looks after it from scan 3 on.
    var laterTeam: Team?

    init(
        _ kind: SampleKind, _ name: String, _ region: String, _ environment: Environment = .production,
        _ team: Team = .platform, age: Int64? = nil, scans: Set<Int> = [1, 2, 3]
    ) {
        self.kind = kind
        self.name = name
        regions = region.isEmpty ? [] : [region]
        self.environment = environment
        self.team = team
        self.scans = scans
        let drawn = 40 + Int64(SplitMix64.index(SplitMix64.hash(kind.rawValue + name + region), below: 500))
        born = SampleEstate.firstDay - (age ?? drawn)
    }

    /// Days since it was created, or renewed, on the day of a scan; never negative.
    func age(on day: Int64) -> Int64 {
        let start = renewed.map { $0 <= day ? $0 : born } ?? born
        return max(0, day - start)
    }

    /// Days until its certificate expires: three years after it was created.
    func left(on day: Int64) -> Int64 { max(0, born + 1_095 - day) }

    func generated(in scan: SampleScan) -> GeneratedResource {
        let home = regions.first ?? ""
        let seed = SplitMix64.hash("\(kind.rawValue) \(name) \(home) \(born)")
        let hex = ScanMoment.hex(seed, 16) + "f"
        let uid = kind.uid(name: name, region: home, hex: hex)
        let region: GeneratedResource.Region =
            switch regions.count {
            case 0: .none
            case 1: .one(home)
            default: .several(regions)
            }
        return GeneratedResource(
            uid: uid, name: name, type: kind.type, service: kind.service, region: region, tags: tags(in: scan),
            metadata: [
                .init("arn", .string(uid)), .init("name", .string(name)),
                .init("created", .string(ScanMoment.date(born))),
            ])
    }

    private func tags(in scan: SampleScan) -> [(key: String, value: String)] {
        guard ![.account, .root, .passwordPolicy].contains(kind) else { return [] }
        let team = scan.number >= 3 ? laterTeam ?? self.team : self.team
        return [
            ("Name", String(name.prefix { $0 != "/" || kind != .accessKey })), ("env", environment.rawValue),
            ("team", team.rawValue), ("cost-center", team.costCenter),
        ]
    }
}
