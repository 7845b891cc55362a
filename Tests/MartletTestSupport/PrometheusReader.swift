import MartletCore

/// Reads metrics in Prometheus' text form (version 0.0.4), strictly: everything that the form forbids is an error.
public struct PrometheusReader {
    /// A family: what it is, and its samples in their order.
    public struct Family {
        /// `counter`, `gauge`, `histogram`, `summary` or `untyped`.
        public var type: String
        /// What it means.
        public var help: String
        /// Name, labels and value of each sample.
        public var samples: [(name: String, labels: [String: String], value: Double)] = []
    }

    /// What is wrong with a text, and in which line.
    public struct Wrong: Error, CustomStringConvertible {
        /// The fault.
        public let description: String
    }

    /// By name.
    public private(set) var families: [String: Family] = [:]

    /// Reads a whole text.
    public init(_ text: String) throws {
        guard text.hasSuffix("\n") else { throw Wrong(description: "the last line does not end") }
        var current: String?
        var seen: Set<String> = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().enumerated() {
            func wrong(_ why: String) -> Wrong { Wrong(description: "line \(index + 1): \(why): \(line)") }
            if line.hasPrefix("# HELP ") || line.hasPrefix("# TYPE ") {
                let words = line.dropFirst(7).split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
                guard words.count == 2, Self.isName(words[0]) else { throw wrong("no heading") }
                let name = String(words[0])
                if line.hasPrefix("# HELP ") {
                    guard families[name] == nil else { throw wrong("a family twice") }
                    families[name] = Family(type: "", help: String(words[1]))
                } else {
                    guard families[name]?.type == "", families[name]?.samples.isEmpty == true,
                        ["counter", "gauge", "histogram", "summary", "untyped"].contains(String(words[1]))
                    else { throw wrong("a type that is none, or not behind its help") }
                    families[name]?.type = String(words[1])
                }
                current = name
                continue
            }
            guard !line.hasPrefix("#"), !line.isEmpty else { throw wrong("an unexpected line") }
            var scanner = Scanner(line)
            guard let sample = scanner.sample() else { throw wrong("no sample") }
            guard let family = current, families[family]?.type != "", Self.belongs(sample.name, to: family, families)
            else { throw wrong("a sample outside of its family") }
            let key = "\(sample.name) \(sample.labels.sorted { $0.key < $1.key })"
            guard seen.insert(key).inserted else { throw wrong("a sample twice") }
            families[family]?.samples.append(sample)
        }
        for (name, family) in families { try Self.check(name, family) }
    }

    /// The value of the sample of a family without suffix with these labels, and no others.
    public func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
        families[name]?.samples.first { $0.name == name && $0.labels == labels }?.value
    }

    private static func belongs(_ sample: String, to family: String, _ families: [String: Family]) -> Bool {
        if sample == family { return families[family]?.type != "histogram" }
        guard families[family]?.type == "histogram" else { return false }
        return ["_bucket", "_sum", "_count"].contains { sample == family + $0 }
    }

    private static func check(_ name: String, _ family: Family) throws {
        func wrong(_ why: String) -> Wrong { Wrong(description: "\(name): \(why)") }
        guard !family.type.isEmpty, !family.help.isEmpty else { throw wrong("without type or help") }
        if family.type == "counter" {
            guard name.hasSuffix("_total") else { throw wrong("a counter's name ends with _total") }
            guard family.samples.allSatisfy({ $0.value >= 0 }) else { throw wrong("a counter below 0") }
        } else if name.hasSuffix("_total") {
            throw wrong("only a counter's name ends with _total")
        }
        guard family.type == "histogram" else { return }
        let groups = Dictionary(grouping: family.samples) { sample in
            sample.labels.filter { $0.key != "le" }.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }
        }
        for samples in groups.values {
            let buckets = samples.filter { $0.name.hasSuffix("_bucket") }
            let bounds = buckets.map {
                $0.labels["le"] == "+Inf" ? Double.infinity : Double($0.labels["le"] ?? "") ?? .nan
            }
            guard bounds == bounds.sorted(), bounds.last == .infinity, !bounds.contains(where: \.isNaN),
                buckets.map(\.value) == buckets.map(\.value).sorted(),
                samples.contains(where: { $0.name.hasSuffix("_sum") }),
                samples.first(where: { $0.name.hasSuffix("_count") })?.value == buckets.last?.value
            else { throw wrong("a histogram whose buckets do not fit") }
        }
    }

    private static func isName(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39 ~= first) else { return false }
        return text.utf8.allSatisfy {
            0x30...0x39 ~= $0 || 0x41...0x5A ~= $0 || 0x61...0x7A ~= $0 || $0 == 0x5F || $0 == 0x3A
        }
    }

    /// One line of a sample.
    private struct Scanner {
        var rest: Substring

        init(_ line: Substring) { rest = line }

        mutating func sample() -> (name: String, labels: [String: String], value: Double)? {
            let name = take { $0 != "{" && $0 != " " }
            guard PrometheusReader.isName(name) else { return nil }
            var labels: [String: String] = [:]
            if rest.first == "{" {
                rest = rest.dropFirst()
                while rest.first != "}" {
                    let label = take { $0 != "=" }
                    guard PrometheusReader.isName(label), !label.contains(":"), !label.hasPrefix("__"),
                        rest.hasPrefix("=\""), labels[String(label)] == nil
                    else { return nil }
                    rest = rest.dropFirst(2)
                    guard let value = quoted() else { return nil }
                    labels[String(label)] = value
                    if rest.first == "," { rest = rest.dropFirst() } else if rest.first != "}" { return nil }
                }
                rest = rest.dropFirst()
            }
            guard rest.first == " " else { return nil }
            let number = rest.dropFirst()
            let value: Double? =
                switch number {
                case "+Inf": .infinity
                case "-Inf": -.infinity
                case "NaN": .nan
                default: Double(number)
                }
            return value.map { (String(name), labels, $0) }
        }

        private mutating func take(while isPart: (Character) -> Bool) -> Substring {
            let part = rest.prefix(while: isPart)
            rest = rest.dropFirst(part.count)
            return part
        }

        private mutating func quoted() -> String? {
            var text = ""
            while let character = rest.popFirst() {
                switch character {
                case "\"": return text
                case "\\":
                    switch rest.popFirst() {
                    case "\\": text += "\\"
                    case "\"": text += "\""
                    case "n": text += "\n"
                    default: return nil
                    }
                default: text.append(character)
                }
            }
            return nil
        }
    }
}
