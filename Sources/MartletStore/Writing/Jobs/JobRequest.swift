import MartletCore

/// A job that is asked for.
public struct JobRequest: Sendable {
    /// Unique in the tenant; a scan's job has the scan's id.
    public var id: String
    /// What it does.
    public var kind: JobKind
    /// Of the payload's form, from 1.
    public var version: Int64 = 1
    /// What the runner of the kind needs to know: a JSON document without secrets.
    public var payload: String
    /// The account it is about; nil for the tenant's own work.
    public var account: Int64?
    /// Workers may take jobs of some queues only.
    public var queue = JobRequest.defaultQueue
    /// Higher ones go first among the tenant's jobs, -1000 to 1000.
    public var priority: Int64 = 0
    /// Not to be claimed before this moment of the database's clock; nil for at once.
    public var runAt: Timestamp?
    /// While a job with this key is queued or running, another one is not added.
    public var uniqueKey: String?
    /// The trace that the request belongs to, as in W3C's `traceparent`; nil for that of the task, if it has one.
    public var trace: String?

    /// The queue of jobs that name none.
    public static let defaultQueue = "default"

    /// The largest payload, in bytes.
    public static let maximumPayload = 64 << 10

    /// A job of a kind. Nothing is checked before it is queued.
    public init(id: String, kind: JobKind, payload: String, account: Int64? = nil) {
        self.id = id
        self.kind = kind
        self.payload = payload
        self.account = account
    }

    /// The subject of its fence.
    var subject: Int64 { kind.tenantSubject ?? account.map(kind.subject(ofAccount:)) ?? 0 }

    /// Throws ``MartletError`` (`usage`) for what no worker could run.
    func validate() throws {
        func refuse(_ message: String) -> MartletError { MartletError(.usage, message) }
        guard (kind.tenantSubject == nil) == (account != nil), subject != 0 else {
            throw refuse(
                "A job of the kind \(kind.rawValue) is about \(kind.tenantSubject == nil ? "an account" : "no account")."
            )
        }
        guard (1...200).contains(id.utf8.count) else { throw refuse("A job's id has 1 to 200 bytes.") }
        guard Self.isQueue(queue) else {
            throw refuse("A queue's name has 1 to 50 lower-case letters, digits, - and _, not '\(queue.prefix(60))'.")
        }
        guard (-1000...1000).contains(priority) else { throw refuse("A priority is from -1000 to 1000.") }
        guard payload.utf8.count <= Self.maximumPayload else {
            throw refuse("What a job is told has at most \(Self.maximumPayload) bytes; give a shorter scope.")
        }
        guard (1...255).contains(uniqueKey?.utf8.count ?? 1) else { throw refuse("A unique key has 1 to 255 bytes.") }
        guard trace?.utf8.count ?? 0 <= 255 else { throw refuse("A trace has at most 255 bytes.") }
        for text in [id, payload, uniqueKey ?? "", trace ?? ""] where text.utf8.contains(0) {
            throw refuse("U+0000 cannot be stored.")
        }
    }

    /// Whether a text may name a queue.
    public static func isQueue(_ name: String) -> Bool {
        (1...50).contains(name.utf8.count)
            && name.utf8.allSatisfy {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
            }
    }
}
