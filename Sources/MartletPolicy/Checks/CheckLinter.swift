import MartletCore

/// Looks at a check for what would be refused and for what is odd.
public struct CheckLinter: Sendable {
    /// Something to see to.
    public struct Issue: Sendable, Hashable {
        /// How much it matters.
        public let severity: LintIssue.Severity
        /// `file:line:column`, or the file.
        public let place: String
        /// What is wrong and what was expected.
        public let message: String

        /// Makes an issue from its parts.
        public init(severity: LintIssue.Severity, place: String, message: String) {
            self.severity = severity
            self.place = place
            self.message = message
        }
    }

    private let shipped: Set<String>

    /// - Parameter shipped: Ids that a tenant's check may not take; empty when the shipped checks themselves are looked at.
    public init(shipped: Set<String> = []) { self.shipped = shipped }

    /// The issues of a check: errors first, as far as they can be told apart from running its examples.
    public func issues(of check: CheckDefinition) -> [Issue] {
        var issues: [Issue] = []
        func error(_ message: String, _ place: String? = nil) {
            issues.append(Issue(severity: .error, place: place ?? check.file, message: message))
        }
        func warning(_ message: String) {
            issues.append(Issue(severity: .warning, place: check.file, message: message))
        }
        if shipped.contains(check.id) { error("'\(check.id)' is the id of a shipped check; choose another") }
        do throws(MartletError) {
            for problem in try CheckProof(check).problems { error(problem.message, problem.place) }
            _ = try check.remediation.command(id: "id", name: "name", region: "region", account: "account")
        } catch let failure {
            error(failure.message, failure.place)
        }
        for kind in [CheckExampleKind.good, .bad] where !check.examples.contains(where: { $0.kind == kind }) {
            error("there is no \(kind.rawValue) example")
        }
        for kind in [CheckExampleKind.borderline, .missing] where !check.examples.contains(where: { $0.kind == kind }) {
            warning("there is no \(kind.rawValue) example")
        }
        if check.each != nil, check.report.id == nil, check.report.discriminator == nil {
            warning("'each' without 'report.id' or 'report.discriminator': all outcomes are one finding")
        }
        if check.references.isEmpty { warning("there are no references") }
        for source in check.unusedNames { warning("'\(source)' is never used") }
        return issues
    }
}

extension CheckDefinition {
    /// Names of `needs`, `with`, `let` and `parameters` that no expression mentions.
    fileprivate var unusedNames: [String] {
        var text = [when?.source, each?.list.source, pass?.source, report.id?.source, report.name?.source]
            .compactMap { $0 }.joined(separator: "\n")
        for binding in bindings { text += "\n" + binding.expression.source }
        for condition in fail + manual {
            text += "\n\(condition.expression.source)\n\(condition.message?.source ?? "")"
        }
        for template in [passMessage, failMessage] { text += "\n\(template?.source ?? "")" }
        for expression in [report.type, report.region, report.discriminator] { text += "\n\(expression?.source ?? "")" }
        let words = Set(text.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init))
        // A child may be named by a text that is put together, as in child[kind + "Diagnostics"].
        let isComputed = text.contains("child[")
        let children = isComputed ? [] : needs
        return (children + data.map(\.name) + bindings.map(\.name) + parameters.map(\.name)).filter {
            !words.contains($0)
        }
    }
}
