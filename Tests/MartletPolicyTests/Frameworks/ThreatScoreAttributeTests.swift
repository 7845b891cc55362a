import MartletCore
import MartletPolicy
import Testing

@Suite struct ThreatScoreAttributeTests {
    private func framework(_ attribute: String) throws -> Framework {
        try FrameworkFixtures.load(
            #"{"Framework":"F","Provider":"aws","Requirements":[{"Id":"a","Attributes":[\#(attribute)],"Checks":[]}]}"#)
    }

    @Test func riskAndWeightComeFromTheFirstAttribute() throws {
        let framework = try framework(#"{"Section":"1. A","LevelOfRisk":5,"Weight":1000},{"LevelOfRisk":"x"}"#)
        #expect(framework.isThreatScore)
        #expect(framework.requirements[0].levelOfRisk == 5)
        #expect(framework.requirements[0].weight == 1000)
        #expect(framework.requirements[0].section == "1. A")
        #expect(try self.framework(#"{"LevelOfRisk":1,"Weight":0}"#).isThreatScore)
    }

    @Test func wordsAreNoRisk() throws {
        let framework = try framework(#"{"Section":"S","LevelOfRisk":"High"}"#)
        #expect(!framework.isThreatScore)
        #expect(framework.requirements[0].levelOfRisk == nil)
        #expect(framework.requirements[0].weight == nil)
    }

    @Test(arguments: [
        (#"{"LevelOfRisk":0,"Weight":1}"#, "LevelOfRisk"), (#"{"LevelOfRisk":6,"Weight":1}"#, "LevelOfRisk"),
        (#"{"LevelOfRisk":2.5,"Weight":1}"#, "LevelOfRisk"), (#"{"LevelOfRisk":"High","Weight":1}"#, "LevelOfRisk"),
        (#"{"LevelOfRisk":9}"#, "LevelOfRisk"), (#"{"LevelOfRisk":3,"Weight":-1}"#, "Weight"),
        (#"{"LevelOfRisk":3,"Weight":1000001}"#, "Weight"), (#"{"LevelOfRisk":3,"Weight":"10"}"#, "Weight"),
    ])
    func outOfRange(attribute: String, key: String) {
        let error = #expect(throws: MartletError.self) { try framework(attribute) }
        #expect(error?.place == "house_aws.json#/Requirements/0/Attributes/0/\(key)")
    }

    @Test func everyRequirementNeedsBoth() throws {
        let text = """
            {"Framework":"F","Provider":"aws","Requirements":[
              {"Id":"a","Attributes":[{"LevelOfRisk":3,"Weight":1}],"Checks":[]},
              {"Id":"b","Attributes":[{"LevelOfRisk":3}],"Checks":[]}]}
            """
        #expect(try !FrameworkFixtures.load(text).isThreatScore)
        let empty = #"{"Framework":"F","Provider":"aws","Requirements":[]}"#
        #expect(try !FrameworkFixtures.load(empty).isThreatScore)
    }
}
