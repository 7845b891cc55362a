import Glibc
import MartletCore
import MartletFormats

/// Settings from a file and from files that variables name, beside the environment.
///
/// An option that has a variable `MARTLET_X` is set by, first that applies: the command line, the variable, the file that
/// `MARTLET_X_FILE` names, the key `x` of the configuration file, its default.
struct ConfigurationFile {
    /// What the options see as their environment.
    private(set) var environment: [String: String]
    /// Where a variable's value comes from, where that is not the environment itself.
    private(set) var origins: [String: String] = [:]

    private static let limit = 1 << 20

    /// - Parameters:
    ///   - arguments: The command line, in which `--config-file FILE` is looked for.
    ///   - environment: The process's variables, `…_FILE` included.
    init(arguments: [String], environment: [String: String]) throws {
        self.environment = environment
        let options = Self.options
        for option in options {
            guard let variable = option.environment, !variable.hasSuffix("_FILE") else { continue }
            try readFile(of: variable)
        }
        if let path = Self.path(arguments) ?? environment["MARTLET_CONFIG"], !path.isEmpty {
            try read(path, options)
        }
    }

    /// Every option that has a variable, once, by name.
    static let options: [OptionSpec] = {
        var seen: Set<String> = []
        return CommandTable.commands.flatMap(\.allOptions).filter { option in
            option.environment != nil && option.environment != "MARTLET_CONFIG" && seen.insert(option.name).inserted
        }
    }()

    /// The variables that name files.
    static var fileVariables: [String] {
        options.compactMap(\.environment).filter { !$0.hasSuffix("_FILE") }.map { $0 + "_FILE" }
    }

    private static func path(_ arguments: [String]) -> String? {
        for (index, argument) in arguments.enumerated() {
            if argument == "--" { return nil }
            if argument.hasPrefix("--config-file=") { return String(argument.dropFirst("--config-file=".count)) }
            if argument == "--config-file", index + 1 < arguments.count { return arguments[index + 1] }
        }
        return nil
    }

    /// The value of a variable in a file, such as a secret that a container mounts; a line feed at its end is none of it.
    private mutating func readFile(of variable: String) throws {
        guard environment[variable]?.isEmpty ?? true, let path = environment[variable + "_FILE"], !path.isEmpty,
            !Self.options.contains(where: { $0.environment == variable + "_FILE" })
        else { return }
        var text = String(decoding: try Self.bytes(of: path, named: variable + "_FILE"), as: UTF8.self)
        while text.hasSuffix("\n") || text.hasSuffix("\r") { text.removeLast() }
        environment[variable] = text
        origins[variable] = path
    }

    private mutating func read(_ path: String, _ options: [OptionSpec]) throws {
        let root = try YAMLReader.read(try Self.bytes(of: path, named: "--config-file"), file: path)
        switch root.value {
        case .null: return
        case .mapping(let entries):
            for entry in entries {
                guard let option = options.first(where: { $0.name == entry.key }), let variable = option.environment
                else {
                    let hint = Suggestion.hint(entry.key, options.map(\.name))
                    throw MartletError(
                        .invalidInput, "there is no setting '\(entry.key)'\(hint)", place: entry.place(in: path))
                }
                let value = try Self.text(entry.value, of: option, path)
                guard environment[variable]?.isEmpty ?? true else { continue }
                environment[variable] = value
                origins[variable] = "\(path):\(entry.line)"
            }
        default: throw MartletError(.invalidInput, "a mapping of settings is expected", place: root.place(in: path))
        }
    }

    private static func text(_ node: MarkedNode, of option: OptionSpec, _ path: String) throws -> String {
        switch node.value {
        case .sequence(let nodes) where option.repeats:
            return try nodes.map { try text($0, of: option, path) }.joined(separator: ",")
        case .null, .sequence, .mapping:
            throw MartletError(
                .invalidInput, "\(option.name) needs \(option.repeats ? "a value or a list of values" : "one value")",
                place: node.place(in: path))
        default:
            if !option.choices.isEmpty, !option.choices.contains(where: { $0.lowercased() == node.text.lowercased() }) {
                throw MartletError(
                    .invalidInput,
                    "\(option.name) doesn't know '\(node.text)'; it takes: "
                        + option.choices.joined(separator: ", "), place: node.place(in: path))
            }
            return node.text
        }
    }

    static func bytes(of path: String, named name: String) throws -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw MartletError(
                .io, "the file cannot be read (\(String(cString: strerror(errno)))); \(name) names it", place: path)
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = Glibc.read(descriptor, &piece, piece.count)
            guard count >= 0 else {
                throw MartletError(.io, "the file cannot be read (\(String(cString: strerror(errno))))", place: path)
            }
            if count == 0 { return bytes }
            bytes += piece.prefix(count)
            guard bytes.count <= limit else { throw MartletError(.limit, "the file is over 1 MiB", place: path) }
        }
    }
}
