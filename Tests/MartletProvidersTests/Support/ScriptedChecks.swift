import MartletCore
import MartletPolicy
import MartletProviders

/// Checks that are functions, so that what surrounds them can be tested without any language.
struct ScriptedChecks: ItemChecks {
    typealias Body = @Sendable (CollectedItem, [String: CollectedAnswer]) -> CheckOutcome

    struct Check: Sendable {
        var need: CheckNeeds
        var body: Body
    }

    var checks: [Check]

    var needs: [CheckNeeds] { checks.map(\.need) }

    func metadata(of place: Int) -> CheckMetadata {
        CheckMetadata(check: needs[place].check, service: "test", title: needs[place].check, document: "{}")
    }

    func ready(with held: [String: CollectedAnswer], account: ScannedAccount) -> any ReadyChecks {
        Ready(checks: checks, held: held)
    }

    private struct Ready: ReadyChecks {
        let checks: [Check]
        let held: [String: CollectedAnswer]

        func evaluate(_ places: [Int], on item: CollectedItem) -> [[CheckOutcome]] {
            places.map { [checks[$0].body(item, held)] }
        }
    }

    /// One check for each kind of call of the small subscription.
    static let small = ScriptedChecks(checks: [
        Check(need: CheckNeeds(check: "https", collector: "azure.storage.account")) { item, _ in
            verdict(item.item["properties"]?["https"]?.boolValue == true)
        },
        Check(need: CheckNeeds(check: "policy", collector: "azure.storage.account", children: ["policy"])) { item, _ in
            read(item.children["policy"]) { verdict(!$0.isNull) }
        },
        Check(need: CheckNeeds(check: "vault", collector: "azure.keyvault.vault")) { item, _ in
            verdict(item.item["properties"]?["vaultUri"]?.stringValue != nil)
        },
        Check(need: CheckNeeds(check: "key", collector: "azure.keyvault.key", children: ["key"])) { item, _ in
            read(item.children["key"]) { verdict($0["key"]?["kty"]?.stringValue != nil) }
        },
        Check(
            need: CheckNeeds(
                check: "assigned", collector: "azure.storage.account", data: ["azure.authorization.assignment"])
        ) { _, held in
            read(held["azure.authorization.assignment"]) { verdict($0.arrayValue?.count == 2) }
        },
        Check(need: CheckNeeds(check: "nics", collector: "azure.compute.vm", children: ["nics"])) { item, _ in
            guard case .list(let answers)? = item.children["nics"] else { return error("no list", nil) }
            for answer in answers {
                let outcome = read(answer) { verdict($0["id"]?.stringValue != nil) }
                if outcome.verdict != .pass { return outcome }
            }
            return verdict(answers.count == 2)
        },
        Check(need: CheckNeeds(check: "application", collector: "azure.entra.application")) { _, _ in verdict(true) },
        Check(need: CheckNeeds(check: "subscription", collector: "azure.subscription")) { item, _ in
            verdict(item.item["displayName"]?.stringValue == "Small")
        },
        Check(need: CheckNeeds(check: "devops", collector: "azure.devops.connection")) { _, _ in verdict(true) },
    ])

    private static func verdict(_ isGood: Bool) -> CheckOutcome {
        CheckOutcome(isGood ? .pass : .fail, message: isGood ? "good" : "bad", severity: .high)
    }

    private static func read(_ answer: CollectedAnswer?, _ body: (JSONValue) -> CheckOutcome) -> CheckOutcome {
        switch answer {
        case .document(let document): body(document)
        case .failed(let key): error("a call failed", key)
        case .list, nil: error("not an object", nil)
        }
    }

    private static func error(_ message: String, _ call: String?) -> CheckOutcome {
        var outcome = CheckOutcome(.error, message: message, severity: .high, place: "test:1:1")
        outcome.failedCall = call
        return outcome
    }
}
