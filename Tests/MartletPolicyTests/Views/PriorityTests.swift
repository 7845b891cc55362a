import MartletCore
import MartletPolicy
import Testing

@Suite struct PriorityTests {
    private func check(
        _ id: String, _ severity: Severity, affected: Int64, exposed: Int64 = 0, _ remedy: RemedyKind = .words
    ) -> FailingCheck {
        var check = FailingCheck(check: id)
        check.severity = severity
        check.affected = affected
        check.exposed = exposed
        check.findings = affected
        check.remedy = remedy
        return check
    }

    /// Every severity, up to 4 affected, up to all of them exposed: the product is that of its fields.
    @Test func isTheProductOfItsFields() {
        for severity in Severity.allCases {
            for affected in 0...4 as ClosedRange<Int64> {
                for exposed in 0...affected {
                    let row = Priority(check("c", severity, affected: affected, exposed: exposed))
                    #expect(Double(row.priority) == (Double(row.weight * affected) * row.exposure).rounded())
                    #expect(1...2 ~= row.exposure)
                    #expect(row.priority >= Priority(check("c", severity, affected: affected)).priority)
                    #expect(row.explanation.hasSuffix("= \(row.priority)"))
                }
            }
        }
        #expect(Priority(check("c", .critical, affected: .max, exposed: .max)).priority > 0)
        #expect(Priority(check("c", .high, affected: 2, exposed: 9)).priority == 40)
    }

    @Test func theRankingFollowsItAndNothingElse() {
        let rows = Priority.ranked([
            check("few", .critical, affected: 1), check("many", .low, affected: 30),
            check("exposed", .high, affected: 2, exposed: 2), check("plain", .high, affected: 4),
            check("b", .medium, affected: 8, .command), check("a", .medium, affected: 8, .command),
            check("laborious", .medium, affected: 8, .words), check("none", .critical, affected: 0),
            check("noise", .informational, affected: 900),
        ])
        #expect(
            rows.map(\.check.check) == [
                "many", "plain", "exposed", "a", "b", "laborious", "few", "noise",
            ])
        #expect(rows.map(\.priority) == [60, 40, 40, 40, 40, 40, 20, 0])
        for seed in 0..<6 {
            let turned = rows.map(\.check)
            #expect(Priority.ranked(turned[seed...] + turned[..<seed]).map(\.check) == turned)
        }
    }

    @Test func effortIsASumOfThreeFields() {
        for remedy in RemedyKind.allCases {
            for rights in [false, true] {
                for (affected, scale) in [(0, 0), (1, 0), (2, 1), (10, 1), (11, 2), (100, 2), (101, 3)] {
                    let effort = Effort(remedy, changesRights: rights, affected: Int64(affected))
                    #expect(effort.points == Int64(remedy.rawValue) + (rights ? 1 : 0) + Int64(scale))
                    #expect(effort.level == (effort.points <= 2 ? .low : effort.points <= 4 ? .medium : .high))
                }
            }
        }
        var access = check("c", .high, affected: 1)
        access.categories = ["identity-access"]
        #expect(Priority(access).effort.rights == 1)
    }

    @Test(arguments: [
        (#"{"remediation":{"code":{"cli":"az x","terraform":"y"}}}"#, RemedyKind.command),
        (#"{"remediation":{"code":{"cli":"","native_iac":"y"}}}"#, .code),
        (#"{"remediation":{"desc":"Do it"}}"#, .words), ("{}", .words), (#"{"remediation":[1]}"#, .words),
    ])
    func kindOfRemedy(document: String, kind: RemedyKind) throws {
        #expect(RemedyKind(document: try JSONValue.parse(document)) == kind)
    }
}
