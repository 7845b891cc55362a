import MartletCore
import MartletPolicy
import MartletReference
import MartletStore
import Testing

@testable import MartletEngine

/// What the process that is killed was asked to do. Every run has an account of its own with one published scan.
enum CrashScene: String, CaseIterable, Sendable {
    /// A scan in which everything changes.
    case scan
    /// The same, whose first attempt fails in the middle.
    case brokenScan = "scan that fails first"
    /// The same, whose first holder is gone.
    case lostScan = "scan of a dead worker"
    /// A job whose end the pool writes.
    case job
    /// A mute by a command.
    case mute
    /// A mute whose command has died; a job re-evaluates.
    case reevaluation = "re-evaluation"

    static let first = [
        Statement(check: "c0", uid: "u1"), Statement(check: "c0", uid: "u2", status: .pass),
        Statement(check: "c1", uid: "u3"), Statement(check: "c2", uid: "u4"), Statement(check: "c3", uid: "u5"),
    ]

    /// One is resolved, one broken, one told otherwise, one gone, two are new; a check and a region have not been heard of
    /// before, and one is said again later, otherwise.
    static let second = [
        Statement(check: "c0", uid: "u1", status: .pass), Statement(check: "c0", uid: "u2"),
        Statement(check: "c1", uid: "u3", detail: "e"), Statement(check: "c2", uid: "u6", detail: "z"),
        Statement(check: "c3", uid: "u5"), Statement(check: "new", regions: ["r0", "r9"], uid: "u7"),
        Statement(check: "c2", uid: "u6", detail: "a"),
    ]

    static let times: [Int64] = [1_700_000_000_000, 1_700_086_400_000]

    /// What may be seen before and after.
    static func postures() -> (before: Set<String>, after: Set<String>) {
        var reference = Reference()
        reference.scan(first, at: times[0])
        reference.scan(second, at: times[1])
        return (SeenPosture.lines(reference.snapshots[0]), SeenPosture.lines(reference.snapshots[1]))
    }

    var isScan: Bool { self == .scan || self == .brokenScan || self == .lostScan }
    var isMute: Bool { self == .mute || self == .reevaluation }

    /// Makes ready; gives what the program is called with.
    func prepare(_ store: Store, url: String, account: String, file: String) async throws -> [String] {
        let tenant = store.tenant
        switch self {
        case .scan, .brokenScan, .lostScan:
            var order = ScanOrder(source: "file:" + file)
            order.isHistory = self == .brokenScan
            let id = try await ScanQueue(store: store).start(account: account, order: order)
            if self == .lostScan {
                let dead = Worker(name: "dead", host: "elsewhere", pid: 1)
                try await store.database.scoped(to: .dispatch).write { connection in
                    let request = ClaimRequest(worker: dead, lifetime: 1)
                    let jobs = try Jobs.claim(request, connection)
                    #expect(jobs.count == 1)
                }
            }
            return ["jobs", url, id, store.tenantName]
        case .job, .reevaluation:
            if self == .reevaluation {
                let rule = MuteRule(id: account, accounts: [account], checks: ["c1"], reason: "known")
                try await store.database.write { connection in
                    try MuteRecords.add(rule, tenant: tenant, connection)
                    try PostureRecords.markPending(tenant: tenant, providers: nil, connection)
                }
            }
            let kind: JobKind = self == .job ? .retention : .reevaluation
            try await store.database.write { connection in
                _ = try Jobs.enqueue(
                    JobRequest(id: "job", kind: kind, payload: "{}"), tenant: tenant, connection)
            }
            return ["jobs", url, "job", store.tenantName]
        case .mute: return ["mute", url, account, "c1", store.tenantName]
        }
    }
}
