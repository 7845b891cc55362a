/// What happened in a schedule, a line an event.
struct Trace {
    private(set) var lines: [String] = []

    mutating func add(_ now: Int64, _ text: String) {
        let seconds = String(now / 1000)
        let rest = String(now % 1000)
        let padding = String(repeating: "0", count: max(0, 3 - rest.utf8.count))
        let indent = String(repeating: " ", count: max(0, 4 - seconds.utf8.count))
        lines.append("\(indent)\(seconds).\(padding)\(rest)  \(text)")
    }
}
