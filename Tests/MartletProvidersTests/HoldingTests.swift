import MartletCore
import MartletTestSupport
import Testing

@testable import MartletProviders

/// What a scan keeps does not follow the number of items where it need not.
@Suite struct HoldingTests {
    /// An index as checks see it: the last item of each value.
    private static func index(_ items: [JSONValue], _ path: String) -> [String: Int64] {
        var index: [String: Int64] = [:]
        for item in items {
            if let key = item[path]?.stringValue { index[key.lowercased()] = item["n"]?.intValue }
        }
        return index
    }

    @Test(arguments: 0..<40)
    func indexesOfWhatIsKeptAreThoseOfAll(seed: Int) throws {
        var random = SplitMix(seed: UInt64(seed))
        let paths: [String] = seed.isMultiple(of: 3) ? ["a"] : ["a", "b"]
        var distinct = DistinctItems(Set(paths.map { FieldPath(keys: [$0]) }))
        var items: [JSONValue] = []
        var bytes = 0
        for number in 0..<200 {
            var members = [JSONValue.Member("n", .int(Int64(number)))]
            for path in ["a", "b"] {
                switch random.next() % 8 {
                case 0: continue
                case 1: members.append(.init(path, .null))
                case 2: members.append(.init(path, .int(3)))
                case let value:
                    members.append(.init(path, .string(value.isMultiple(of: 2) ? "X\(value)" : "x\(value)")))
                }
            }
            items.append(.object(members))
            bytes += distinct.add(.object(members), bytes: number)
        }
        let kept = distinct.items
        for path in paths { #expect(Self.index(kept, path) == Self.index(items, path)) }
        #expect(kept.count <= 5 * paths.count)
        #expect(bytes == kept.reduce(0) { $0 + Int($1["n"]?.intValue ?? 0) })
        let numbers = kept.compactMap { $0["n"]?.intValue }
        #expect(numbers == numbers.sorted())
    }

    @Test func onlyIndexesOfWholeListsAreKeptInPart() throws {
        let catalog = try SmallCollectors.catalog()
        let path = FieldPath(keys: ["location"])
        let resources = "azure.authorization.assignment"
        func distinct(_ needs: [CheckNeeds], _ id: String = resources) -> Set<FieldPath>? {
            CollectionPlan(needs, catalog: catalog, variables: ["subscription"]).collectors[id]?.distinct
        }
        let byPlace = CheckNeeds(
            check: "a", collector: "azure.subscription", data: [resources], distinct: [resources: [path]])
        var byName = byPlace
        byName.check = "b"
        byName.distinct = [resources: [FieldPath(keys: ["name"])]]
        var whole = byPlace
        whole.check = "c"
        whole.distinct = [:]
        #expect(distinct([byPlace]) == [path])
        #expect(distinct([byPlace, byName]) == [path, FieldPath(keys: ["name"])])
        #expect(distinct([byPlace, whole]) == nil)
        #expect(distinct([byPlace, CheckNeeds(check: "d", collector: resources)]) == nil)
        let vaults = "azure.keyvault.vault"
        let ofVaults = CheckNeeds(
            check: "e", collector: "azure.subscription", data: [vaults], distinct: [vaults: [path]])
        #expect(distinct([ofVaults], vaults) == [path])
        #expect(distinct([ofVaults, CheckNeeds(check: "f", collector: "azure.keyvault.key")], vaults) == nil)
    }

    @Test func textsOnDiskAreFoundByTheirKeys() throws {
        let texts = try #require(SpilledTexts())
        let others = try #require(SpilledTexts())
        for number in 0..<2_000 {
            #expect(texts.add(Array("text \(number)".utf8) + [0, 255], under: "/key/\(number % 1_500)"))
        }
        #expect(texts.add([], under: "empty") && others.add([1], under: "/key/1"))
        for number in 0..<1_500 {
            // The later one of two.
            let expected = number < 500 ? number + 1_500 : number
            #expect(texts.text(under: "/key/\(number)") == Array("text \(expected)".utf8) + [0, 255])
        }
        #expect(texts.text(under: "empty") == [] && texts.text(under: "/KEY/1") == nil)
        #expect(others.text(under: "/key/1") == [1] && others.text(under: "/key/2") == nil)
    }

    @Test func failuresAreForgottenWithTheirLastHolder() {
        let failures = FailedCalls()
        let one = CallFailure(.denied, call: "/a", message: "m")
        let keys = (0..<3).map { _ in failures.key(of: one) }
        #expect(Set(keys).count == 1 && failures[keys[0]] == one)
        failures.release(keys.dropLast())
        #expect(failures[keys[0]] == one)
        failures.release(keys.suffix(1))
        #expect(failures[keys[0]] == nil && failures.count == 0)
        let again = failures.key(of: one)
        #expect(again != keys[0] && failures[again] == one)
        failures.release(["no such key"])
        #expect(failures.count == 1)
        let answer = CollectedAnswer.list([.failed("x"), .document(.null), .list([.failed("x"), .failed("y")])])
        #expect(answer.failedCalls == ["x", "x", "y"])
    }
}
