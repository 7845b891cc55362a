import MartletCore

/// A finding as mute rules see it.
struct MuteTarget {
    let check: String
    let regions: [String]
    let resourceUID: String
    let resourceName: String
    let account: String
    let fingerprint: ContentHash?
    private let tags: [Tag]
    /// `key=value` of each tag; most findings never need them.
    private lazy var tagTexts: [String] = tags.map { "\($0.key)=\($0.value)" }

    init(
        check: String, regions: [String], resourceUID: String, resourceName: String, tags: [Tag], account: String,
        fingerprint: ContentHash? = nil
    ) {
        self.fingerprint = fingerprint
        self.check = check
        self.regions = regions
        self.resourceUID = resourceUID
        self.resourceName = resourceName
        self.account = account
        self.tags = tags
    }

    func everyRegion(_ patterns: [GlobPattern]) -> Bool {
        if regions.isEmpty { return patterns.contains(where: \.matchesEverything) }
        return regions.allSatisfy { region in patterns.contains { $0.matches(region) } }
    }

    func anyRegion(_ patterns: [GlobPattern]) -> Bool {
        if regions.isEmpty { return patterns.contains(where: \.matchesEverything) }
        return regions.contains { region in patterns.contains { $0.matches(region) } }
    }

    func resource(_ patterns: [GlobPattern]) -> Bool {
        patterns.contains { $0.matches(resourceUID) || !resourceName.isEmpty && $0.matches(resourceName) }
    }

    mutating func everyTag(_ items: [[GlobPattern]]) -> Bool {
        let texts = tagTexts
        return items.allSatisfy { alternatives in
            alternatives.contains { pattern in
                pattern.matchesEverything || texts.contains { pattern.matches($0) }
            }
        }
    }
}
