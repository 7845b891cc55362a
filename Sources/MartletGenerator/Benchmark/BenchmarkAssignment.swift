import MartletCore

/// Which resources each check of a benchmark estate speaks about.
///
/// Resource `i` of a group of `n` checks gets the `k` checks from `i * k` on, modulo `n`; so membership is arithmetic
/// and nothing has to be stored.
struct BenchmarkAssignment: Sendable {
    /// The checks of one service and a contiguous range of resources.
    struct Group: Sendable {
        var service: String
        var checks: Int
        var resources: Range<Int>
    }

    /// One check and where it stands in its group.
    struct Check: Sendable {
        var id: String
        var service: String
        var group: Int
        var position: Int
    }

    let groups: [Group]
    /// In the order of their ids' bytes.
    let checks: [Check]
    private let perResource: Int
    private let withOneMore: Int

    init(checks ids: [String], findings: Int, resources: Int) throws {
        perResource = resources > 0 ? findings / resources : 0
        withOneMore = resources > 0 ? findings % resources : 0
        let need = perResource + (withOneMore > 0 ? 1 : 0)
        let ids = try Self.validated(ids)
        guard ids.count >= need else {
            throw MartletError(
                .usage, "Each resource needs \(need) checks, but there are \(ids.count); raise the number of resources."
            )
        }
        let services = Self.pooled(ids, need: need)
        (groups, checks) = Self.grouped(ids, services: services, resources: resources)
    }

    /// Calls `body` with the number of each resource of a check, ascending.
    func forEachResource(of check: Check, _ body: (Int) throws -> Void) rethrows {
        let group = groups[check.group]
        let step = perResource % group.checks
        var distance = check.position
        for resource in group.resources {
            if distance < (resource < withOneMore ? perResource + 1 : perResource) { try body(resource) }
            distance -= step
            if distance < 0 { distance += group.checks }
        }
    }

    private static func validated(_ ids: [String]) throws -> [String] {
        guard ids.count <= 100_000 else { throw MartletError(.usage, "A catalog has at most 100,000 checks.") }
        for id in ids {
            let legal = id.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: ":"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
            guard legal, !id.isEmpty, id.utf8.count <= 300 else {
                throw MartletError(.usage, "A check id must be 1 to 300 ASCII letters, digits, _, -, . or :.")
            }
        }
        return Set(ids).sorted()
    }

    private static func service(of id: String) -> String { String(id.prefix { $0 != "_" }) }

    /// Each check's group name. Services with too few checks for one resource share a pool, and if that is still too
    /// small all checks become one group.
    private static func pooled(_ ids: [String], need: Int) -> [String] {
        var sizes: [String: Int] = [:]
        for id in ids { sizes[service(of: id), default: 0] += 1 }
        let small = sizes.values.filter { $0 < need }.reduce(0, +)
        let all = small > 0 && small < need
        return ids.map { id in
            let name = service(of: id)
            return all || sizes[name, default: 0] < need ? "shared" : name
        }
    }

    private static func grouped(
        _ ids: [String], services: [String], resources: Int
    ) -> (groups: [Group], checks: [Check]) {
        var groups: [Group] = []
        var numbers: [String: Int] = [:]
        var checks: [Check] = []
        for (id, name) in zip(ids, services) {
            let number = numbers[name] ?? groups.count
            if number == groups.count {
                numbers[name] = number
                groups.append(Group(service: name, checks: 0, resources: 0..<0))
            }
            checks.append(Check(id: id, service: service(of: id), group: number, position: groups[number].checks))
            groups[number].checks += 1
        }
        var before = 0
        for number in groups.indices {
            let start = resources * before / ids.count
            before += groups[number].checks
            groups[number].resources = start..<(resources * before / ids.count)
        }
        return (groups, checks)
    }
}
