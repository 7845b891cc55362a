import Glibc
import Synchronization

/// Where the environment wants this process, or one of its connections, to come to grief: for tests that prove what a
/// crash leaves. Nothing but the environment makes one.
///
/// * `MARTLET_CRASH_POINT=n`: before the n-th statement of writing transactions.
/// * `MARTLET_CRASH_POINT=@x`: the first time that the boundary with the identity x, 16 hexadecimal digits, is reached. A
///   boundary lies before a statement, in the middle of a load, or after COMMIT; its identity is made of all statements
///   of its transaction up to there, so it does not depend on what other connections do.
/// * `MARTLET_CRASH_FAULT`: `process` kills the process (the default); `backend` lets the server end the connection's
///   backend; `answer` lets the statement run, but the connection is gone before its answer.
/// * `MARTLET_CRASH_LOG=FILE`: every boundary that is passed is added to the file: number of the transaction, identity,
///   `aside` or nothing, statement, with tabs between.
final class CrashPoint: Sendable {
    /// What happens at the point.
    enum Fault: String, Sendable {
        case process, backend, answer
    }

    private enum Place {
        case number
        case identity(UInt64)
        case none
    }

    /// The process's own; nil without a word of the environment.
    static let current = fromEnvironment()

    let fault: Fault
    private let place: Place
    private let left: Atomic<Int>
    private let log: Int32
    private let transactions = Atomic(0)

    private init(_ place: Place, left: Int, fault: Fault, log: Int32) {
        self.place = place
        self.left = Atomic(left)
        self.fault = fault
        self.log = log
    }

    private static func fromEnvironment() -> CrashPoint? {
        func value(_ name: String) -> String? { getenv("MARTLET_CRASH_" + name).map { String(cString: $0) } }
        let log = value("LOG").map { open($0, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o600) } ?? -1
        let fault = value("FAULT").flatMap(Fault.init(rawValue:)) ?? .process
        let text = value("POINT") ?? ""
        if text.hasPrefix("@"), let identity = UInt64(text.dropFirst(), radix: 16) {
            return CrashPoint(.identity(identity), left: 1, fault: fault, log: log)
        }
        if let number = Int(text), number > 0 { return CrashPoint(.number, left: number, fault: fault, log: log) }
        return log < 0 ? nil : CrashPoint(.none, left: 0, fault: fault, log: log)
    }

    /// The number of a transaction that begins.
    func begin() -> Int { transactions.add(1, ordering: .relaxed).newValue }

    /// Passes a boundary of a transaction; true where it is the point. It is only once.
    func reaches(_ identity: UInt64, _ text: String, isAside: Bool, in transaction: Int) -> Bool {
        if log >= 0 {
            let digits = String(identity, radix: 16)
            let fields = [
                String(transaction), String(repeating: "0", count: 16 - digits.count) + digits, isAside ? "aside" : "",
                text,
            ]
            let line = fields.joined(separator: "\t") + "\n"
            // One call: lines of several connections don't mix.
            _ = Array(line.utf8).withUnsafeBytes { write(log, $0.baseAddress, $0.count) }
        }
        switch place {
        case .number: return left.subtract(1, ordering: .relaxed).newValue == 0
        case .identity(let wanted):
            return wanted == identity && left.subtract(1, ordering: .relaxed).newValue == 0
        case .none: return false
        }
    }
}
