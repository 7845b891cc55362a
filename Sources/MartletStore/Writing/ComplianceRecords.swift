import MartletCore
import MartletPolicy

/// Compliance rows of an account: region × framework × requirement.
public enum ComplianceRecords {
    /// Takes rows one at a time, in the order of framework, requirement and region.
    public final class Sink {
        private let writer: VersionedWriter
        private var regions = ComplianceRegions()
        private var key: (framework: Int64, requirement: Int32)?
        /// Rows that were added.
        fileprivate var rows = 0

        init(_ writer: VersionedWriter) { self.writer = writer }

        /// Adds a row; `framework` and `region` are the store's numbers.
        public func add(framework: Int64, region: Int64, _ row: ComplianceRow) throws {
            if let key, key != (framework, row.requirement) { try endRequirement() }
            key = (framework, row.requirement)
            regions.add(row, region: region)
            rows += 1
        }

        fileprivate func endRequirement() throws {
            guard let key else { return }
            try writer.add(
                key: [.int(key.framework), .int(Int64(key.requirement))], values: [.bytes(regions.bytes)])
            regions.removeAll()
            self.key = nil
        }
    }

    /// Replaces the rows that hold by those that `body` adds; only requirements that differ in a region are written.
    /// Gives the number of rows that hold afterwards.
    @discardableResult
    public static func replace(
        _ account: AccountID, generation: Int64, _ connection: any Connection, _ body: (Sink) throws -> Void
    ) throws -> Int {
        let writer = try VersionedWriter(.complianceRows, account, generation: generation, connection)
        let sink = Sink(writer)
        try body(sink)
        try sink.endRequirement()
        try writer.finish()
        return sink.rows
    }

    /// Replaces the summaries of frameworks; ascending by framework.
    public static func replaceSummaries(
        _ summaries: [(framework: Int64, summary: FrameworkSummary)], _ account: AccountID, generation: Int64,
        _ connection: any Connection
    ) throws {
        let writer = try VersionedWriter(.frameworkSummaries, account, generation: generation, connection)
        for (framework, summary) in summaries {
            let counts = [
                summary.passed, summary.failed, summary.manual, summary.error, summary.incomplete, summary.muted,
                summary.notEvaluated,
            ]
            try writer.add(key: [.int(framework)], values: counts.map { .int(Int64($0)) })
        }
        try writer.finish()
    }

    /// Replaces the scores of ThreatScore frameworks; ascending by framework. The document is what readers see of it.
    public static func replaceScores(
        _ scores: [(framework: Int64, score: Double?, document: String)], _ account: AccountID, generation: Int64,
        _ connection: any Connection
    ) throws {
        let writer = try VersionedWriter(.scores, account, generation: generation, connection)
        for (framework, score, document) in scores {
            try writer.add(key: [.int(framework)], values: [score.map(Value.real) ?? .null, .text(document)])
        }
        try writer.finish()
    }
}
