import MartletCore

/// The program and arguments of an external source. No shell ever sees them.
///
/// Arguments may hold placeholders: `{account}`, `{provider}` and `{output}` (the scanner's private directory) anywhere;
/// the filters `{regions}`, `{checks}`, `{services}` and `{severity}` inside a **group**, which is left out as a whole
/// when its filter is empty. An argument that is nothing but a filter becomes as many arguments as the filter has values;
/// within a longer argument the values are joined by commas. Every other brace stands for itself.
///
///     ["prowler", "{provider}", "-M", "json-ocsf", "-o", "{output}", ["--region", "{regions}"], ["--checks={checks}"]]
public struct ExternalCommand: Sendable, Hashable {
    /// A part of the command.
    public enum Part: Sendable, Hashable {
        /// An argument that is always there.
        case argument(String)
        /// Arguments that are there when every filter in them has a value.
        case group([String])
    }

    /// The program's name or absolute path, then its arguments.
    public var parts: [Part]

    /// Makes a command; nothing is checked until ``validate()``.
    public init(_ parts: [Part]) { self.parts = parts }

    /// A command without filters.
    public init(arguments: [String]) { parts = arguments.map { .argument($0) } }
}
