import MartletCore
import MartletPolicy

extension ThreatScore {
    /// What `threatscore -o json` shows below the account and framework: `score`, `sections` {name: score},
    /// `critical` [requirement ids], `requirements` [{`id`, `section`, `level_of_risk`, `weight`, `status`, `passed`,
    /// `total`, `numerator`, `denominator`, `lost_points`, `lost_share`}].
    var document: JSONValue {
        .object([
            .init("score", score.map(JSONValue.double) ?? .null),
            .init("sections", .object(sections.map { .init($0.name, $0.score.map(JSONValue.double) ?? .null) })),
            .init("critical", .array(critical.map { .string($0.id) })),
            .init("requirements", .array(requirements.map(\.document))),
        ])
    }
}

extension ThreatScoreContribution {
    fileprivate var document: JSONValue {
        .object([
            .init("id", .string(id)),
            .init("section", .string(section)),
            .init("level_of_risk", .int(Int64(levelOfRisk))),
            .init("weight", .int(Int64(weight))),
            .init("status", .string(status.name)),
            .init("passed", .int(Int64(passed))),
            .init("total", .int(Int64(total))),
            .init("numerator", .double(numerator)),
            .init("denominator", .double(denominator)),
            .init("lost_points", .double(lostPoints)),
            .init("lost_share", .double(lostShare)),
        ])
    }
}
