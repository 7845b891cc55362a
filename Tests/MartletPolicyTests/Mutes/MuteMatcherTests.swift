import MartletCore
import MartletPolicy
import Testing

private struct Finding {
    var check = "s3_public"
    var regions = ["eu-west-1"]
    var uid = "arn:aws:s3:::logs"
    var name = "logs"
    var tags = [Tag(key: "env", value: "dev"), Tag(key: "team", value: "a")]
    var account = "111"
}

private let now = Timestamp(milliseconds: 1000)

extension MuteMatcher {
    fileprivate mutating func match(_ finding: Finding) -> MuteRule? {
        match(
            check: finding.check, regions: finding.regions, resourceUID: finding.uid, resourceName: finding.name,
            tags: finding.tags, account: finding.account, now: now)
    }
}

private func mutes(_ rule: MuteRule, _ finding: Finding = Finding()) throws -> Bool {
    var matcher = try MuteMatcher([rule])
    return matcher.match(finding) != nil
}

private func rule(
    accounts: [String] = [], checks: [String] = [], regions: [String] = [], resources: [String] = [],
    tags: [String] = [], exceptions: MuteExceptions = MuteExceptions()
) -> MuteRule {
    MuteRule(
        id: "r", accounts: accounts, checks: checks, regions: regions, resources: resources, tags: tags,
        exceptions: exceptions, reason: "because")
}

@Suite struct MuteMatcherTests {
    @Test func conditions() throws {
        #expect(try mutes(rule()))
        #expect(try mutes(rule(accounts: ["111"])))
        #expect(try mutes(rule(accounts: ["222", "*"])))
        #expect(try !mutes(rule(accounts: ["11*"])))
        #expect(try !mutes(rule(accounts: ["222"])))
        #expect(try mutes(rule(checks: ["x", "s3_*"])))
        #expect(try !mutes(rule(checks: ["s3"])))
        #expect(try mutes(rule(resources: ["logs"])))
        #expect(try mutes(rule(resources: ["arn:aws:s3:::logs"])))
        #expect(try mutes(rule(resources: ["arn:*", "x"])))
        #expect(try !mutes(rule(resources: ["log"])))
        #expect(try mutes(rule(tags: ["env=dev", "team=*"])))
        #expect(try !mutes(rule(tags: ["env=dev", "team=b"])))
        #expect(try mutes(rule(tags: ["env=prod|env=dev"])))
        #expect(try !mutes(rule(tags: ["env=prod\\|env=dev"])))
    }

    @Test func severalRegionsAndNone() throws {
        let both = Finding(regions: ["eu-west-1", "us-east-1"])
        #expect(try !mutes(rule(regions: ["eu-west-1"]), both))
        #expect(try mutes(rule(regions: ["eu-west-1", "us-*"]), both))
        #expect(try mutes(rule(regions: ["*"]), both))
        let none = Finding(regions: [])
        #expect(try mutes(rule(), none))
        #expect(try mutes(rule(regions: ["x", "*"]), none))
        #expect(try !mutes(rule(regions: ["eu-west-1", "?*"]), none))
    }

    @Test func emptyNamesAndTags() throws {
        let bare = Finding(uid: "", name: "", tags: [])
        #expect(try mutes(rule(resources: ["*"]), bare))
        #expect(try mutes(rule(resources: [""]), bare))
        #expect(try !mutes(rule(resources: [""]), Finding(name: "")))
        #expect(try mutes(rule(tags: ["*"]), bare))
        #expect(try !mutes(rule(tags: ["*=*"]), bare))
    }

    @Test("All combinations of the four lists of an exception that match, do not match, or are empty")
    func exceptions() throws {
        let lists: [([String], [String], [String], [String])] = [
            ([], [], [], []), (["11?"], ["eu-*"], ["logs"], ["env=dev"]), (["2*"], ["us-*"], ["log"], ["env=prod"]),
        ]
        for a in 0..<3 {
            for b in 0..<3 {
                for c in 0..<3 {
                    for d in 0..<3 {
                        let exceptions = MuteExceptions(
                            accounts: lists[a].0, regions: lists[b].1, resources: lists[c].2, tags: lists[d].3)
                        let used = [a, b, c, d].filter { $0 != 0 }
                        let excepted = !used.isEmpty && used.allSatisfy { $0 == 1 }
                        #expect(try mutes(rule(exceptions: exceptions)) == !excepted)
                    }
                }
            }
        }
        // One excepted region keeps the finding visible.
        let both = Finding(regions: ["eu-west-1", "us-east-1"])
        #expect(try !mutes(rule(exceptions: MuteExceptions(regions: ["us-east-1"])), both))
        #expect(try mutes(rule(exceptions: MuteExceptions(regions: ["us-east-1"])), Finding(regions: [])))
        #expect(try !mutes(rule(exceptions: MuteExceptions(regions: ["*"])), Finding(regions: [])))
    }

    @Test func exceptionsConcernTheirOwnRuleOnly() throws {
        var excepting = rule(exceptions: MuteExceptions(resources: ["logs"]))
        excepting.id = "a"
        var other = rule(checks: ["s3_*"])
        other.id = "b"
        for rules in [[excepting, other], [other, excepting]] {
            var matcher = try MuteMatcher(rules)
            #expect(matcher.match(Finding())?.id == "b")
        }
    }

    @Test func expiry() throws {
        var expiring = rule()
        expiring.expiresAt = Timestamp(milliseconds: 1001)
        #expect(try mutes(expiring))
        expiring.expiresAt = now
        #expect(try !mutes(expiring))
        #expect(expiring.isExpired(at: now))
    }

    @Test("The smallest id wins whatever the order, and hits do not depend on it", arguments: 1...100)
    func orderIndependent(seed: UInt64) throws {
        var random = Deterministic(state: seed)
        func pick(_ items: [String]) -> [String] { items.filter { _ in Int.random(in: 0..<3, using: &random) == 0 } }
        let rules = (0..<12).map { number in
            var rule = rule(
                checks: pick(["a", "b", "a*", "c"]), regions: pick(["x", "y", "*"]), resources: pick(["u", "n", "?"]))
            rule.id = "\(number)"
            if Int.random(in: 0..<4, using: &random) == 0 { rule.exceptions.resources = ["n"] }
            return rule
        }
        let findings = (0..<60).map { _ in
            Finding(
                check: ["a", "b", "ab", "d"].randomElement(using: &random) ?? "a", regions: pick(["x", "y"]),
                uid: ["u", "v", "w"].randomElement(using: &random) ?? "u",
                name: ["n", "u", ""].randomElement(using: &random) ?? "n")
        }
        // Naive: each rule alone, in a matcher of its own.
        var alone: [Set<String>] = []
        for finding in findings {
            alone.append(Set(try rules.filter { try mutes($0, finding) }.map(\.id)))
        }
        var reports: [[MuteHits]] = []
        for _ in 0..<3 {
            var matcher = try MuteMatcher(rules.shuffled(using: &random))
            for index in findings.indices.shuffled(using: &random) {
                #expect(matcher.match(findings[index])?.id == alone[index].min())
            }
            reports.append(matcher.hits)
            let unmatched = Set(rules.map(\.id)).subtracting(alone.reduce(into: []) { $0.formUnion($1) })
            #expect(Set(matcher.unmatched.map(\.id)) == unmatched)
            #expect(matcher.hits.map(\.muted).reduce(0, +) == alone.count { !$0.isEmpty })
        }
        #expect(reports[0] == reports[1])
        #expect(reports[1] == reports[2])
    }

    @Test func rulesThatCannotBeCompiled() {
        #expect(throws: MartletError.self) { try MuteMatcher([rule(), rule()]) }
        let error = #expect(throws: MartletError.self) { try MuteMatcher([rule(tags: ["a=b", "x\\"])]) }
        #expect(error?.place == "mute rule r, tags")
    }
}
