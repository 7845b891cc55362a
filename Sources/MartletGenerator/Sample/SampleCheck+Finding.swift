extension SampleCheck {
    /// What a scan says about these resources; nil when it says nothing.
    func finding(about resources: [SampleResource], in scan: SampleScan) -> GeneratedFinding? {
        guard let first = resources.first else { return nil }
        let together = if case .together = subject { true } else { false }
        let story = SampleStory.all["\(id) \(together ? "*" : first.name)"]
        let outcome = story?.outcome(in: scan) ?? judge(first, in: scan)
        guard outcome != "-" else { return nil }
        let home = first.regions.contains("eu-west-1") ? "eu-west-1" : first.regions.first
        let (code, template) =
            switch outcome {
            case "F", "f": ("FAIL", fail)
            case "M": ("MANUAL", manual.isEmpty ? fail : manual)
            default: ("PASS", pass)
            }
        let detail =
            template
            .replacing("{name}", with: first.name.prefix { $0 != "/" || first.kind != .accessKey })
            .replacing("{region}", with: home ?? "the account")
            .replacing("{age}", with: String(first.age(on: scan.day)))
            .replacing("{left}", with: String(first.left(on: scan.day)))
        return GeneratedFinding(
            check: generated, resources: resources.map { $0.generated(in: scan) }, region: home, statusCode: code,
            detail: detail, muted: outcome == "f", uidSuffix: together ? SampleEstate.account : first.name)
    }

    private func judge(_ resource: SampleResource, in scan: SampleScan) -> Character {
        switch rule {
        case .olderThan(let days): return resource.age(on: scan.day) > days ? "F" : "P"
        case .expiresWithin(let days): return resource.left(on: scan.day) < days ? "F" : "P"
        case .manual: return "M"
        case .share(let share):
            let luck = SplitMix64.share(SplitMix64.hash("\(id) \(resource.name) \(resource.regions)"))
            let likely = share >= 1 ? 1 : share * resource.environment.neglect
            return luck < likely ? "F" : "P"
        }
    }
}
