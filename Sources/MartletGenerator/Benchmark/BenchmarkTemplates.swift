import MartletCore

/// The templates of one check's findings, each made when it is first needed.
struct BenchmarkTemplates {
    let check: GeneratedCheck
    private let finding: GeneratedFinding
    private let scan: GeneratedScan
    private var plain: ByteTemplate?
    private var muted: ByteTemplate?

    init(
        check: BenchmarkAssignment.Check, group: BenchmarkAssignment.Group, estate: BenchmarkEstate, scan: GeneratedScan
    ) {
        var text = BenchmarkCheckText(id: check.id, service: check.service)
        self.check = text.check()
        self.scan = scan
        finding = GeneratedFinding(
            check: self.check, resources: [Self.resource(service: group.service, estate: estate)],
            region: BenchmarkSlot.region.marker, statusCode: BenchmarkSlot.statusCode.marker,
            detail: BenchmarkSlot.detail.marker, muted: false, uidSuffix: BenchmarkSlot.name.marker)
    }

    /// The template of the check's findings as the scanner reports them, or of those it has muted.
    mutating func template(muted isMuted: Bool) -> ByteTemplate {
        if let known = isMuted ? muted : plain { return known }
        var finding = finding
        finding.muted = isMuted
        let made = ByteTemplate(JSONRenderer.compact(finding.document(in: scan)) + [UInt8(ascii: "\n")])
        if isMuted { muted = made } else { plain = made }
        return made
    }

    private static func resource(service: String, estate: BenchmarkEstate) -> GeneratedResource {
        let region = BenchmarkSlot.region.marker
        let name = BenchmarkSlot.name.marker
        let hex = BenchmarkSlot.hex.marker
        let arn = "arn:aws:\(service):\(region):\(estate.account):resource/\(name)"
        let tags = tags(count: estate.tagsPerResource)
        let statement = JSONValue.members([
            ("Sid", .string("ReadFromTheAccount")), ("Effect", .string("Allow")),
            ("Action", .strings(["\(service):Describe*", "\(service):List*"])),
            ("Principal", .members([("AWS", .string("arn:aws:iam::\(estate.account):root"))])),
            ("Resource", .string(arn)),
        ])
        let members: [(String, JSONValue)] = [
            ("arn", .string(arn)), ("name", .string(name)), ("region", .string(region)),
            ("created_at", .string(BenchmarkSlot.created.marker)), ("encrypted", .bool(true)),
            ("kms_key", .string("arn:aws:kms:\(region):\(estate.account):key/\(hex)")),
            ("vpc_id", .string("vpc-\(hex)")), ("subnet_ids", .strings(["subnet-\(hex)"])),
            ("security_groups", .strings(["sg-\(hex)"])),
            ("policy", .members([("Version", .string("2012-10-17")), ("Statement", .array([statement]))])),
            ("tags", .array(tags.map { .members([("Key", .string($0.key)), ("Value", .string($0.value))]) })),
        ]
        return GeneratedResource(
            uid: arn, name: name, type: "Aws" + service.prefix(1).uppercased() + service.dropFirst() + "Resource",
            service: service, region: .one(region), tags: tags,
            metadata: members.map { JSONValue.Member($0.0, $0.1) })
    }

    private static func tags(count: Int) -> [(key: String, value: String)] {
        let named: [(key: String, value: String)] = [
            ("Name", BenchmarkSlot.name.marker), ("env", BenchmarkSlot.environment.marker),
            ("team", BenchmarkSlot.team.marker), ("cost-center", BenchmarkSlot.costCenter.marker),
            ("application", BenchmarkSlot.application.marker),
        ]
        let more = (0..<max(0, count - named.count)).map { (key: "label-\($0 + 1)", value: "value-\($0 + 1)") }
        return Array((named + more).prefix(count))
    }
}
