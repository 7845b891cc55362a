import Testing

@testable import MartletGenerator

@Suite("Generator: which resources a check speaks about")
struct BenchmarkAssignmentTests {
    @Test("Every small estate: each resource gets its share of different checks of one group")
    func smallScope() throws {
        let catalogs = [["a_1"], ["a_1", "a_2", "b_1"], ["a_1", "a_2", "a_3", "b_1", "c_1", "c_2", "c_3", "c_4"]]
        for catalog in catalogs {
            for findings in 0...20 {
                for resources in min(1, findings)...findings {
                    let need = resources == 0 ? 0 : (findings + resources - 1) / resources
                    guard need <= catalog.count else {
                        #expect(throws: (any Error).self) {
                            try BenchmarkAssignment(checks: catalog, findings: findings, resources: resources)
                        }
                        continue
                    }
                    try verify(catalog, findings, resources)
                }
            }
        }
    }

    private func verify(_ catalog: [String], _ findings: Int, _ resources: Int) throws {
        let assignment = try BenchmarkAssignment(checks: catalog, findings: findings, resources: resources)
        var checks = [[BenchmarkAssignment.Check]](repeating: [], count: resources)
        for check in assignment.checks {
            var last = -1
            assignment.forEachResource(of: check) { resource in
                if resource <= last { Issue.record("resources out of order") }
                last = resource
                checks[resource].append(check)
            }
        }
        #expect(checks.map(\.count).reduce(0, +) == findings)
        for (resource, own) in checks.enumerated() {
            let share = findings / resources + (resource < findings % resources ? 1 : 0)
            let legal =
                own.count == share && Set(own.map(\.id)).count == share && Set(own.map(\.group)).count <= 1
            if !legal { Issue.record("\(catalog.count) checks, \(findings) findings, \(resources) resources") }
        }
    }

    @Test("Services with too few checks share a pool, whatever the order of the catalog")
    func pool() throws {
        let assignment = try BenchmarkAssignment(
            checks: ["z_1", "b_2", "b_1", "a_1", "b_2"], findings: 20, resources: 10)
        #expect(assignment.checks.map(\.id) == ["a_1", "b_1", "b_2", "z_1"])
        #expect(assignment.checks.map(\.service) == ["a", "b", "b", "z"])
        #expect(assignment.groups.map(\.service) == ["shared", "b"])
        #expect(assignment.groups.map(\.resources) == [0..<5, 5..<10])
    }

    @Test("A pool that is too small on its own takes everything", arguments: [["a_1", "b_1", "b_2"]])
    func onePool(catalog: [String]) throws {
        let assignment = try BenchmarkAssignment(checks: catalog, findings: 4, resources: 2)
        #expect(assignment.groups.map(\.checks) == [3])
    }

    @Test(
        "Ids that could break a document are refused",
        arguments: ["", "a b", "a\"", "é", String(repeating: "x", count: 301)])
    func illegal(id: String) {
        #expect(throws: (any Error).self) { try BenchmarkAssignment(checks: [id, "ok_1"], findings: 1, resources: 1) }
    }
}
