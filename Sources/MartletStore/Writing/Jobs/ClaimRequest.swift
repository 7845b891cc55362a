/// A worker's wish for jobs.
public struct ClaimRequest: Sendable {
    /// Who will hold them.
    public var worker: Worker
    /// Only jobs of these queues; empty for all.
    public var queues: [String]
    /// How many at the most, from 1.
    public var limit: Int
    /// How long their leases live without renewal, in milliseconds.
    public var lifetime: Int64

    /// The most that one claim gives.
    public static let maximum = 64

    /// Puts a wish together.
    public init(worker: Worker, queues: [String] = [], limit: Int = 1, lifetime: Int64) {
        self.worker = worker
        self.queues = queues
        self.limit = limit
        self.lifetime = lifetime
    }

    /// What statements use, whatever was asked for.
    var boundedLimit: Int64 { Int64(min(max(limit, 1), Self.maximum)) }

    /// A condition on `j.queue` whose placeholders begin at `first`; empty for all queues.
    func queueCondition(from first: Int) -> String {
        guard !queues.isEmpty else { return "" }
        let marks = queues.indices.map { "$\(first + $0)" }.joined(separator: ", ")
        return "AND j.queue IN (\(marks))"
    }

    var queueValues: [Value] { queues.map(Value.text) }
}
