import Foundation

/// What the program tells of a store, command by command.
struct Posture: Equatable {
    /// Output by command.
    private(set) var parts: [String: String] = [:]

    /// The commands whose answers make up a posture; every framework that is known to the tests by region.
    static let commands: [[String]] =
        [["accounts"], ["findings"], ["resources"], ["compliance"], ["threatscore"], ["mute", "list"]]
        + CrashScenario.frameworkIDs.map { ["compliance", $0, "--by", "region"] }

    /// Exactly what is printed now. A command that fails counts with its exit code.
    static func exact(_ store: TestStore, _ commands: [[String]] = commands) throws -> Posture {
        var posture = Posture()
        for command in commands {
            let result = try store.run(command + ["-o", "json"])
            posture.parts[command.joined(separator: " ")] =
                result.code == 0 ? result.output : "exit code \(result.code)"
        }
        return posture
    }

    /// The same without what differs between two runs that saw the same: ids and times of the store's own making.
    /// Times that come from the source stay.
    func normalised(without more: Set<String> = []) throws -> Posture {
        var copy = self
        for (command, output) in parts where !output.hasPrefix("exit code") {
            // Mutes are listed by their random ids.
            copy.parts[command] = try Self.normalised(output, without: more, sorting: command == "mute list")
        }
        return copy
    }

    /// JSON, one document or one a line, normalised.
    static func normalised(
        _ output: String, without more: Set<String> = [], sorting: Bool = false
    ) throws -> String {
        let documents = output.hasPrefix("[") ? [output] : output.split(separator: "\n").map(String.init)
        let keys = volatile.union(more)
        return try documents.map { document in
            let value = try JSONSerialization.jsonObject(with: Data(document.utf8), options: [.fragmentsAllowed])
            let stripped = strip(value, keys)
            guard sorting, let list = stripped as? [Any] else { return try text(stripped) }
            return try list.map(text).sorted().joined(separator: "\n")
        }.joined(separator: "\n")
    }

    private static func text(_ value: Any) throws -> String {
        let data = try JSONSerialization.data(withJSONObject: value, options: [.sortedKeys, .fragmentsAllowed])
        return String(decoding: data, as: UTF8.self)
    }

    private static let volatile: Set<String> = [
        "scan", "generation", "published_at", "created_at", "statements", "seconds", "peak_rss_bytes",
        "posture_version",
    ]

    private static func strip(_ value: Any, _ keys: Set<String>) -> Any {
        switch value {
        case let object as [String: Any]:
            return object.filter { !keys.contains($0.key) }.mapValues { strip($0, keys) }
        case let list as [Any]: return list.map { strip($0, keys) }
        default: return value
        }
    }

    /// The commands whose answers differ, with both answers cut short.
    func difference(from other: Posture) -> String {
        parts.keys.sorted().filter { parts[$0] != other.parts[$0] }.map { command in
            "\(command): \(Self.around(parts[command] ?? "", other.parts[command] ?? ""))"
        }.joined(separator: "\n")
    }

    private static func around(_ left: String, _ right: String) -> String {
        let same = zip(left.utf8, right.utf8).prefix { $0 == $1 }.count
        let from = max(0, same - 60)
        func cut(_ text: String) -> String { String(decoding: text.utf8.dropFirst(from).prefix(200), as: UTF8.self) }
        return "…\(cut(left))… instead of …\(cut(right))…"
    }
}
