import MartletCore
import MartletReference
import MartletStore
import MartletTestSupport
import Testing

@testable import MartletEngine

/// Ways to tell the same story: none of them may change the posture.
enum Telling: CaseIterable, Sendable {
    case oneByOne, sevens, shuffled, repeated

    /// The statements in this way, and the batch size.
    func tell(_ statements: [Statement], seed: UInt64) -> (statements: [Statement], batch: Int) {
        var generator = SplitMix(seed: seed)
        switch self {
        case .oneByOne: return (statements, 1)
        case .sevens: return (statements, 7)
        case .shuffled: return (statements.shuffled(using: &generator), 5)
        case .repeated:
            let twice = (statements + statements.filter { _ in generator.chance(50) }).shuffled(using: &generator)
            return (twice, 11)
        }
    }
}

/// Frameworks that speak of the checks of ``RandomEstate``.
enum EstateFrameworks {
    static let house = """
        {"Framework": "House", "Name": "House rules", "Version": "1", "Provider": "AWS", "Requirements": [
          {"Id": "A", "Description": "Two checks.", "Attributes": [], "Checks": ["c0", "c1"]},
          {"Id": "B", "Description": "One is missing.", "Attributes": [], "Checks": ["c2", "unknown_check"]},
          {"Id": "C", "Description": "A person decides.", "Attributes": [], "Checks": []},
          {"Id": "D", "Description": "Nothing is known.", "Attributes": [], "Checks": ["unknown_check"]},
          {"Id": "E", "Description": "Depends.", "Attributes": [], "Checks": ["c3"], "ConfigRequirements": [
            {"Check": "c3", "ConfigKey": "days", "Operator": "lte", "Value": 45}]}]}
        """

    static let score = """
        {"framework": "ProwlerThreatScore", "name": "Score", "version": "1.0", "description": "",
         "attributes_metadata": [{"key": "Section", "type": "str"}, {"key": "LevelOfRisk", "type": "int"},
          {"key": "Weight", "type": "int"}],
         "requirements": [
          {"id": "S1", "description": "One.", "attributes": {"Section": "1", "LevelOfRisk": 5, "Weight": 1000},
           "checks": {"aws": ["c0", "c4"]}},
          {"id": "S2", "description": "Two.", "attributes": {"Section": "2", "LevelOfRisk": 2, "Weight": 8},
           "checks": {"aws": ["c1"], "azure": ["c0"]}},
          {"id": "S3", "description": "Three.", "attributes": {"Section": "2", "LevelOfRisk": 4, "Weight": 100},
           "checks": {"aws": ["c2", "c3"]}}]}
        """

    static func add(to test: TestStore) async throws {
        try await test.addFramework("house_aws", house)
        try await test.addFramework("score", score)
    }
}
