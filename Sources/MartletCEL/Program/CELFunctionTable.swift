/// Functions by name, style and number of arguments.
struct CELFunctionTable: Sendable {
    private struct Key: Hashable { let name: String, style: CELFunction.Style, arity: Int }

    private var functions: [Key: CELFunction] = [:]
    /// Names with a style, whatever the number of arguments.
    private var names: Set<String> = []

    static let standard = CELFunctionTable(CELFunction.standard)

    init(_ all: [CELFunction]) {
        for function in all {
            functions[Key(name: function.name, style: function.style, arity: function.arity ?? -1)] = function
            names.insert(CELFunctionTable.label(function.name, function.style))
        }
    }

    private static func label(_ name: String, _ style: CELFunction.Style) -> String {
        style == .member ? "." + name : name
    }

    /// Whether there is a function of this name for any number of arguments.
    func has(_ name: String, _ style: CELFunction.Style) -> Bool {
        names.contains(CELFunctionTable.label(name, style))
    }

    /// The function for a number of arguments; nil when there is none.
    func find(_ name: String, _ style: CELFunction.Style, arity: Int) -> CELFunction? {
        functions[Key(name: name, style: style, arity: arity)] ?? functions[Key(name: name, style: style, arity: -1)]
    }
}
