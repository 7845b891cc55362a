import MartletCore
import MartletTestSupport

/// An estate that contradicts itself, scanned several times.
package struct RandomEstate {
    /// The statements of each scan, in the order of the source.
    package let scans: [[Statement]]

    package init(seed: UInt64, scans count: Int) {
        var generator = SplitMix(seed: seed)
        // What can be said at all: two resources with one name, names that differ for one uid, an empty uid, several
        // regions and none.
        var subjects: [Statement] = []
        for _ in 0..<40 {
            subjects.append(
                Statement(
                    check: "c\(Int.random(in: 0..<5, using: &generator))",
                    regions: generator.pick([[], ["r0"], ["r0"], ["r1"], ["r2"], ["r0", "r1"], ["r0", "r1", "r2"]]),
                    uid: generator.pick(["", "u0", "u1", "u2", "u3", "u4", "u5", "u6"]),
                    name: generator.pick(["", "n0", "n0", "n1"])))
        }
        subjects = Array(Set(subjects)).sorted { "\($0)" < "\($1)" }
        var scans: [[Statement]] = []
        for _ in 0..<count {
            // Some scans do not look at a check or a region at all.
            let skippedCheck = generator.chance(50) ? "c\(Int.random(in: 0..<5, using: &generator))" : ""
            let skippedRegion = generator.chance(50) ? "r\(Int.random(in: 0..<3, using: &generator))" : "none"
            var statements: [Statement] = []
            for subject in subjects where subject.check != skippedCheck && !subject.regions.contains(skippedRegion) {
                guard generator.chance(65) else { continue }
                for _ in 0..<generator.pick([1, 1, 1, 2, 3]) { statements.append(Self.say(subject, &generator)) }
            }
            scans.append(statements.isEmpty ? [Self.say(subjects[0], &generator)] : statements)
        }
        self.scans = scans
    }

    private static func say(_ subject: Statement, _ generator: inout SplitMix) -> Statement {
        var statement = subject
        statement.status = generator.pick([.fail, .fail, .pass, .pass, .pass, .manual])
        statement.severity = generator.chance(85) ? .medium : generator.pick([.low, .critical])
        statement.muted = generator.chance(10)
        statement.detail = generator.chance(70) ? "d" : generator.pick(["", "e", "D", "ä"])
        statement.type = generator.chance(70) ? "T" : generator.pick(["", "S", "U"])
        statement.title = generator.chance(90) ? "t" : "s"
        statement.tags = [Tag(key: "a", value: "1"), Tag(key: "a", value: "2"), Tag(key: "b", value: "")].filter { _ in
            generator.chance(40)
        }
        return statement
    }
}
