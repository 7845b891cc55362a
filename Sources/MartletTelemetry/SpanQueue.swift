import MartletCore

/// Spans that wait to be sent, bounded: pure. What does not fit is dropped, the newest first, and counted.
struct SpanQueue {
    /// The most that wait.
    let capacity: Int
    private(set) var waiting: [Span] = []
    private(set) var counts = SpanCounts()

    init(capacity: Int) { self.capacity = capacity }

    /// Gives the number of those that wait; nil when the span was dropped.
    mutating func add(_ span: Span) -> Int? {
        guard waiting.count < capacity else {
            counts.dropped += 1
            return nil
        }
        waiting.append(span)
        return waiting.count
    }

    /// Takes the oldest out.
    mutating func take(_ count: Int) -> [Span] {
        let taken = Array(waiting.prefix(count))
        waiting.removeFirst(taken.count)
        return taken
    }

    mutating func sent(_ count: Int) { counts.sent += Int64(count) }

    mutating func dropped(_ count: Int) { counts.dropped += Int64(count) }
}
