import MartletCore
import MartletStore
import Testing

@testable import MartletEngine

@Suite("Access: rules")
struct AccessRuleTests {
    @Test("a password needs length, capital, small letter, digit and something else")
    func passwords() {
        #expect(PasswordRules.problems(with: "Correct-Horse-7", email: "a@example.com").isEmpty)
        for bad in [
            "Short-1aB", "correct-horse-7", "CORRECT-HORSE-7", "Correct-Horse-X", "CorrectHorse77", "",
            String(repeating: "Aa1-", count: 19), "Correct-H\0rse-7",
        ] {
            #expect(!PasswordRules.problems(with: bad, email: "a@example.com").isEmpty, "\(bad)")
        }
        #expect(!PasswordRules.problems(with: "Xx-1-martina-x", email: "Martina@example.com").isEmpty)
        #expect(PasswordRules.problems(with: String(repeating: "Aa1-", count: 18), email: "a@b.de").isEmpty)
    }

    @Test(
        "emails are kept in one form",
        arguments: [
            ("a@example.com", "a@example.com"), (" A.B+c@Example.COM ", "a.b+c@example.com"),
            ("ü@exämple.de", "ü@exämple.de"), ("a@b", nil), ("@example.com", nil), ("a@@example.com", nil),
            ("a b@example.com", nil), ("a@example..com", nil), ("a@-x.com", nil), ("", nil), ("a", nil),
            ("a\u{0}@example.com", nil), ("a@example.com\n", "a@example.com"), ("a\u{200B}@example.com", nil),
            (String(repeating: "a", count: 65) + "@example.com", nil), ("a,b@example.com", nil),
        ] as [(String, String?)])
    func emails(text: String, expected: String?) {
        #expect(EmailAddress.normalised(text) == expected)
    }

    @Test("permissions have the names and bits of the table")
    func permissions() {
        #expect(Permissions.named.map(\.permission.rawValue) == [1, 2, 4, 8, 16, 32])
        #expect(Permissions.all.names == Permissions.named.map(\.name))
        for (name, permission) in Permissions.named { #expect(Permissions(name: name) == permission) }
        #expect(Permissions(name: "manage") == nil)
    }

    /// Every tenant of up to three members, every change of every one of them.
    @Test("exactly those changes are refused that would leave a tenant without an owner")
    func lastOwner() {
        func row(_ id: Int, _ role: MembershipRow.Role) -> MembershipRow {
            MembershipRow(
                id: String(id), tenant: 1, user: "u\(id)", role: role, version: 1, joinedAt: Timestamp(milliseconds: 0))
        }
        for count in 1...3 {
            for bits in 0..<(1 << count) {
                let rows = (0..<count).map { row($0, bits >> $0 & 1 == 1 ? .owner : .member) }
                for index in 0..<count {
                    for change in [MembershipRow.Role.owner, .member, nil] {
                        var after = rows.map(\.role)
                        if let change { after[index] = change } else { after.remove(at: index) }
                        let isRefused = bits != 0 && !after.contains(.owner)
                        let isThrown =
                            (try? AccessRules.requireOwner(among: rows, after: change, of: String(index))) == nil
                        #expect(isThrown == isRefused, "\(rows.map(\.role)) \(index) \(String(describing: change))")
                    }
                }
            }
        }
    }

    @Test("who may change a user")
    func mayChange() {
        func caller(_ id: String, _ permissions: Permissions, _ kind: Actor.Kind = .user) -> Caller {
            let time = Timestamp(milliseconds: 0)
            let user = UserRow(
                id: id, email: "", name: "", companyName: "", isActive: true, version: 1, createdAt: time,
                updatedAt: time, lastLoginAt: nil)
            return Caller(
                tenant: 1, tenantUID: "", user: user, membership: .member, permissions: permissions,
                visibleAccounts: nil, actor: Actor(kind, id: id, name: ""))
        }
        #expect(AccessRules.mayChange("a", memberOf: [1, 2], by: caller("a", [])))
        #expect(!AccessRules.mayChange("b", memberOf: [1], by: caller("a", [.manageAccount])))
        #expect(AccessRules.mayChange("b", memberOf: [1], by: caller("a", [.manageUsers])))
        #expect(!AccessRules.mayChange("b", memberOf: [1, 2], by: caller("a", .all)))
        #expect(!AccessRules.mayChange("b", memberOf: [2], by: caller("a", .all)))
        #expect(!AccessRules.mayChange("a", memberOf: [1], by: caller("a", [.manageScans], .apiKey)))
    }
}

@Suite("Access: failed logins")
struct LoginThrottleTests {
    private let rule = LoginThrottle.ofEmail
    private func time(_ milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds) }

    @Test("the first failures are free, then the pause doubles up to its limit, and never ends in an overflow")
    func doubling() {
        var attempts: LoginAttempts?
        var now: Int64 = 1_000_000
        var pauses: [Int64] = []
        for _ in 0..<80 {
            #expect(rule.pause(attempts, now: time(now)) == 0)
            attempts = rule.failed(attempts, now: time(now))
            let pause = rule.pause(attempts, now: time(now))
            pauses.append(pause)
            now += pause
        }
        #expect(Array(pauses.prefix(9)) == [0, 0, 0, 0, 0, 1_000, 2_000, 4_000, 8_000])
        #expect(pauses.last == rule.longestPause)
        #expect(zip(pauses, pauses.dropFirst()).allSatisfy { $0 <= $1 })
    }

    @Test("a while without failures forgets them; a clock that was set back locks nobody out")
    func forgetting() {
        let many = LoginAttempts(failures: 30, lastAt: time(0), blockedUntil: time(10))
        #expect(rule.failed(many, now: time(rule.memory)).failures == 31)
        #expect(rule.failed(many, now: time(rule.memory + 1)).failures == 1)
        let future = LoginAttempts(failures: 30, lastAt: time(1 << 50), blockedUntil: time(1 << 50))
        #expect(rule.pause(future, now: time(0)) == rule.longestPause)
        #expect(rule.pause(nil, now: time(0)) == 0)
    }
}

@Suite("Access: refresh tokens")
struct RefreshDecisionTests {
    /// Every combination in a small scope, against the rule in words.
    @Test("the newest token advances, an older one ends the session, everything else is refused")
    func all() {
        let now = Timestamp(milliseconds: 1_000)
        for shown in 1...4 as ClosedRange<Int64> {
            for stored in 1...4 as ClosedRange<Int64> {
                for user in ["a", "b"] {
                    for expiry in [0, 899, 900, 901, 2_000] as [Int64] {
                        for revoked in [nil, now] {
                            let claims = TokenClaims(
                                kind: .refresh, user: "a", tenant: "t", family: "f", sequence: shown, epoch: 0, id: "",
                                issuedAt: now, expiresAt: now)
                            let family = RefreshFamily(
                                id: "f", user: user, sequence: stored, expiresAt: Timestamp(milliseconds: expiry),
                                revokedAt: revoked)
                            let decision = RefreshDecision(claims, family: family, now: now, leeway: 100)
                            let holds = user == "a" && revoked == nil && 1_000 < expiry + 100
                            let expected: RefreshDecision =
                                !holds || shown > stored
                                ? .refuse : shown == stored ? .advance(to: stored + 1) : .endSession
                            #expect(decision == expected)
                        }
                    }
                }
            }
        }
        let claims = TokenClaims(
            kind: .refresh, user: "a", tenant: "t", family: "f", sequence: 1, epoch: 0, id: "", issuedAt: now,
            expiresAt: now)
        #expect(RefreshDecision(claims, family: nil, now: now, leeway: 0) == .refuse)
    }
}

@Suite("Access: rotation of signing keys")
struct SigningKeyRotationTests {
    private let settings = TokenSettings()

    private func rotation(_ ages: [Int64]) -> SigningKeyRotation {
        let now: Int64 = 1 << 50
        return SigningKeyRotation(
            ages.map { Timestamp(milliseconds: now - $0) }, now: Timestamp(milliseconds: now), settings: settings)
    }

    @Test("a key is made when there is none or the newest is old; one goes when nothing it signed can hold")
    func rules() {
        let (day, life) = (86_400_000 as Int64, settings.keyLifetime)
        #expect(rotation([]).makesKey)
        #expect(!rotation([0]).makesKey && !rotation([life - 1]).makesKey && rotation([life]).makesKey)
        // The newest never goes, however old; the one before it only after the newest has signed for long enough.
        #expect(rotation([1 << 45]).expired.isEmpty)
        #expect(rotation([0, life]).expired.isEmpty)
        #expect(rotation([day, day + life]).expired.isEmpty)
        let margin = settings.refreshLifetime + settings.leeway + 3_600_000
        #expect(rotation([margin, margin + life]).expired.isEmpty)
        #expect(rotation([margin + 1, margin + life]).expired == [1])
        #expect(rotation([0, margin + 1, 2 * margin, life]).expired == [2, 3])
    }
}
