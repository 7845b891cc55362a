import MartletCore

/// Goes once through a framework document and reports what loading would tolerate or stop at.
struct FrameworkLintPass {
    let form: FrameworkForm
    let keys: FrameworkKeys
    let knownChecks: FrameworkLinter.KnownCheckIDs
    var report: LintReport
    private var metadata: AttributeMetadata?
    private var firstPlaces: [String: String] = [:]
    private let requirementKeys: Set<String>

    init(
        form: FrameworkForm, keys: FrameworkKeys, knownChecks: @escaping FrameworkLinter.KnownCheckIDs,
        report: LintReport
    ) {
        self.form = form
        self.keys = keys
        self.knownChecks = knownChecks
        self.report = report
        requirementKeys = keys.ofRequirement
    }

    mutating func lint(_ document: JSONValue) {
        unknownKeys(document, keys.ofFramework(form), "a framework of the \(form.rawValue) form", at: "")
        required(document, keys.framework, .error, at: "")
        required(document, keys.title, .warning, at: "")
        required(document, keys.description, .warning, at: "")
        required(document, keys.requirements, .error, at: "")
        if form == .legacy { required(document, keys.provider, .error, at: "") }
        let declared = document[keys.provider]?.stringValue ?? ""
        if !declared.isEmpty { _ = provider(declared, at: "/\(keys.provider)") }
        if let value = document[FrameworkKeys.attributesMetadata], form == .universal, !value.isNull {
            metadata = AttributeMetadata(value, at: "/\(FrameworkKeys.attributesMetadata)", into: &report)
        }
        if let outputs = document[FrameworkKeys.outputs], form == .universal, !outputs.isNull,
            outputs.objectValue == nil
        {
            report.add(.warning, "/\(FrameworkKeys.outputs)", "expected an object")
        }
        let requirements = document[keys.requirements]?.arrayValue
        if requirements?.isEmpty ?? false {
            report.add(.warning, "/\(keys.requirements)", "there is no requirement")
        }
        for (index, requirement) in (requirements ?? []).enumerated() {
            lintRequirement(requirement, declared, at: "/\(keys.requirements)/\(index)")
        }
    }

    private mutating func lintRequirement(_ requirement: JSONValue, _ declared: String, at pointer: String) {
        guard case .object = requirement else {
            report.add(.error, pointer, "expected an object, found \(FrameworkFields.describe(requirement))")
            return
        }
        unknownKeys(requirement, requirementKeys, "a requirement of the \(form.rawValue) form", at: pointer)
        required(requirement, keys.id, .error, at: pointer)
        for key in [keys.description, keys.attributes, keys.checks] {
            required(requirement, key, .warning, at: pointer)
        }
        if let id = requirement[keys.id]?.stringValue, !id.isEmpty {
            if let first = firstPlaces[id] {
                report.add(
                    .warning, "\(pointer)/\(keys.id)",
                    "the requirement id \"\(id)\" is repeated; it is merged into \(first)")
            } else {
                firstPlaces[id] = pointer
            }
        }
        lintAttributes(requirement, at: "\(pointer)/\(keys.attributes)")
        lintChecks(requirement, declared, at: "\(pointer)/\(keys.checks)")
        lintConstraints(requirement, declared, at: "\(pointer)/\(keys.constraints)")
    }

    private mutating func lintAttributes(_ requirement: JSONValue, at pointer: String) {
        guard let value = requirement[keys.attributes] else { return }
        if let metadata, case .object = value {
            metadata.lint(value, at: pointer, into: &report)
        }
        guard form == .legacy, let list = value.arrayValue else { return }
        for (index, attribute) in list.enumerated() {
            guard case .object(let members) = attribute,
                let complaint = AttributeShape.complaint(about: members)
            else { continue }
            report.add(.warning, "\(pointer)/\(index)", complaint, collapse: true)
        }
    }

    private mutating func lintChecks(_ requirement: JSONValue, _ declared: String, at pointer: String) {
        guard let value = requirement[keys.checks] else { return }
        if form == .legacy {
            lintCheckList(value, Provider(name: declared), at: pointer)
        } else {
            for member in value.objectValue ?? [] {
                let place = FrameworkFields.pointer(pointer, member.key)
                lintCheckList(member.value, provider(member.key, at: place), at: place)
            }
        }
    }

    private mutating func lintCheckList(_ value: JSONValue, _ provider: Provider?, at pointer: String) {
        let known = provider.flatMap(knownChecks)
        var seen = Set<String>()
        for (index, element) in (value.arrayValue ?? []).enumerated() {
            guard let check = element.stringValue else { continue }
            if !seen.insert(check).inserted {
                report.add(.warning, "\(pointer)/\(index)", "the check \"\(check)\" is repeated; it counts once")
            }
            unknownCheck(check, provider, known, at: "\(pointer)/\(index)")
        }
    }

    private mutating func unknownCheck(
        _ check: String, _ provider: Provider?, _ known: Set<String>?, at pointer: String
    ) {
        guard let provider, let known, !known.contains(check) else { return }
        let replacements = KnownChecks.replacements(for: check, provider: provider)
        let hint = replacements.isEmpty ? "" : "; it is now called \(replacements.joined(separator: " or "))"
        report.add(.warning, pointer, "no check \"\(check)\" is known for \(provider)\(hint)")
    }

    private mutating func lintConstraints(_ requirement: JSONValue, _ declared: String, at pointer: String) {
        let fields = FrameworkFields(file: "")
        for (index, element) in (requirement[keys.constraints]?.arrayValue ?? []).enumerated() {
            let place = "\(pointer)/\(index)"
            let constraint: ConfigConstraint
            do throws(MartletError) {
                constraint = try ConfigConstraint(element, at: place, fields: fields)
            } catch {
                report.add(.error, String((error.place ?? "#").dropFirst()), error.message)
                continue
            }
            unknownKeys(element, FrameworkKeys.ofConstraint, "a config constraint", at: place)
            lintConstraint(constraint, requirement, declared, at: place)
        }
    }

    private mutating func lintConstraint(
        _ constraint: ConfigConstraint, _ requirement: JSONValue, _ declared: String, at pointer: String
    ) {
        let name = constraint.provider ?? (form == .legacy ? declared : nil)
        if let name, let provider = Provider(name: name) {
            unknownCheck(constraint.check, provider, knownChecks(provider), at: "\(pointer)/Check")
        } else if constraint.provider != nil {
            report.add(.warning, "\(pointer)/Provider", "there is no provider \"\(name ?? "")\"")
        }
        if !mapped(requirement).contains(constraint.check) {
            report.add(
                .warning, "\(pointer)/Check",
                "the constraint is about \"\(constraint.check)\", which the requirement does not list")
        }
    }

    /// All check ids that a requirement lists.
    private func mapped(_ requirement: JSONValue) -> Set<String> {
        guard let value = requirement[keys.checks] else { return [] }
        let lists = value.objectValue.map { $0.map(\.value) } ?? [value]
        return Set(lists.flatMap { ($0.arrayValue ?? []).compactMap(\.stringValue) })
    }

    private mutating func provider(_ name: String, at pointer: String) -> Provider? {
        let provider = Provider(name: name)
        if provider == nil { report.add(.warning, pointer, "there is no provider \"\(name)\"", collapse: true) }
        return provider
    }

    private mutating func required(
        _ object: JSONValue, _ key: String, _ severity: LintIssue.Severity, at pointer: String
    ) {
        guard object[key]?.isNull ?? true else { return }
        report.add(severity, FrameworkFields.pointer(pointer, key), "missing")
    }

    private mutating func unknownKeys(_ object: JSONValue, _ known: Set<String>, _ what: String, at pointer: String) {
        for member in object.objectValue ?? [] where !known.contains(member.key) {
            report.add(
                .warning, FrameworkFields.pointer(pointer, member.key), "\(what) has no key \"\(member.key)\"",
                collapse: true)
        }
    }
}
