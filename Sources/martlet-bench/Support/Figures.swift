import MartletCore

/// What one phase measured: numbers by name, as a phase's process hands them to its parent.
struct Figures: Sendable {
    private(set) var values: [String: Double] = [:]

    init() {}

    /// Reads what ``text`` wrote.
    init(text: String) throws {
        for member in try JSONValue.parse(text).objectValue ?? [] {
            values[member.key] = member.value.doubleValue
        }
    }

    /// 0 for a figure that was not measured.
    subscript(name: String) -> Double {
        get { values[name] ?? 0 }
        set { values[name] = newValue }
    }

    /// Adds wall and CPU seconds and the peak of memory.
    mutating func add(_ watch: Stopwatch) {
        self["wall_seconds"] = watch.wall
        self["cpu_seconds"] = watch.cpu
        self["peak_rss_bytes"] = Double(PeakMemory.bytes())
    }

    /// One JSON object, sorted by name.
    var text: String {
        var writer = JSONWriter()
        write(to: &writer)
        return writer.text
    }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        for (name, value) in values.sorted(by: { $0.key < $1.key }) {
            if let whole = Int64(exactly: value) { writer.field(name, whole) } else { writer.field(name, value) }
        }
        writer.endObject()
    }

    /// The median of each figure over several runs.
    static func median(_ runs: [Figures]) -> Figures {
        var result = Figures()
        for name in Set(runs.flatMap(\.values.keys)) {
            let sorted = runs.compactMap { $0.values[name] }.sorted()
            let upper = sorted[sorted.count / 2]
            result[name] = sorted.count % 2 == 1 ? upper : (sorted[sorted.count / 2 - 1] + upper) / 2
        }
        return result
    }
}
