/// Writes metrics in Prometheus' text form (version 0.0.4).
public struct PrometheusText: Sendable {
    /// What has been written.
    public private(set) var text = ""

    /// An empty text.
    public init() {}

    /// The heading of a family; its samples follow.
    public mutating func family(_ name: String, _ type: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    /// One sample.
    public mutating func sample(_ name: String, _ labels: [(String, String)] = [], _ value: Double) {
        text += name
        if !labels.isEmpty {
            text += "{" + labels.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }.joined(separator: ",") + "}"
        }
        let whole = Int64(exactly: value)
        text += " " + (whole.map(String.init) ?? (value.isNaN ? "NaN" : "\(value)")) + "\n"
    }

    /// A family of one sample that goes up and down.
    public mutating func gauge(_ name: String, _ help: String, _ value: Double) {
        family(name, "gauge", help)
        sample(name, [], value)
    }

    /// A family of one sample that only goes up.
    public mutating func counter(_ name: String, _ help: String, _ value: Double) {
        family(name, "counter", help)
        sample(name, [], value)
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
