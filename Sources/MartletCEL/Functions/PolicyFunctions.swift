/// Policy documents in the form of AWS, and patterns with `*` and `?`.
enum PolicyFunctions {
    static let all: [CELFunction] = [
        CELFunction("wildcard", .global, [.init([.string, .string], .bool)], .two(wildcard)),
        CELFunction("policy.list", .global, [.init([.dyn], .list(.dyn))], .one(list)),
        CELFunction("policy.statements", .global, [.init([.dyn], .list(.dyn))], .one(statements)),
        CELFunction("policy.actions", .global, [.init([.dyn, .string], .bool)], .two(actions)),
        CELFunction("policy.principals", .global, [.init([.dyn], .list(.string))], .one(principals)),
        CELFunction("policy.isPublic", .global, [.init([.dyn], .bool)], .one(isPublic)),
    ]

    /// Whether a text as a whole has the form of a pattern: `*` stands for any characters, `?` for one. The case counts.
    private static func wildcard(
        _ text: CELValue, _ pattern: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue {
        let (text, pattern) = try TextFunctions.texts(text, pattern)
        return .bool(try matches(text, pattern, &budget))
    }

    static func matches(
        _ text: String, _ pattern: String, _ budget: inout CELBudget
    ) throws(CELFault) -> Bool {
        let (text, pattern) = (Array(text.unicodeScalars), Array(pattern.unicodeScalars))
        try budget.work((1 + text.count >> 2).multipliedWeight(by: 1 + pattern.count >> 2))
        var (position, next) = (0, 0)
        // Where the last star stands, and up to where it reaches.
        var star: (pattern: Int, text: Int)?
        while position < text.count {
            if next < pattern.count, pattern[next] == "*" {
                star = (next, position)
                next += 1
            } else if next < pattern.count, pattern[next] == "?" || pattern[next] == text[position] {
                position += 1
                next += 1
            } else if let last = star {
                star = (last.pattern, last.text + 1)
                position = last.text + 1
                next = last.pattern + 1
            } else {
                return false
            }
        }
        return pattern[next...].allSatisfy { $0 == "*" }
    }

    /// A list as it is, anything else as the list of it: policies write one value and several differently.
    private static func list(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        if case .list = value { return value }
        try budget.build(2)
        return .list(CELList([value]))
    }

    /// The statements of a document, of which there may be one or a list.
    private static func statements(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        guard case .map(let document) = value else { throw CELFault.noOverload }
        guard let statement = document["Statement"] else { return .list(.empty) }
        return try list(statement, &budget)
    }

    /// Whether a statement's `Action` or `NotAction` covers an action; the case of letters does not count.
    private static func actions(
        _ statement: CELValue, _ action: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue {
        guard case .map(let statement) = statement, case .string(let action) = action else { throw CELFault.noOverload }
        let isNegated = statement["Action"] == nil
        guard let patterns = statement["Action"] ?? statement["NotAction"] else { return .bool(false) }
        let wanted = action.lowercased()
        var isNamed = false
        for pattern in try texts(patterns, &budget) {
            if try matches(wanted, pattern.lowercased(), &budget) { isNamed = true }
        }
        return .bool(isNamed != isNegated)
    }

    private static func texts(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> [String] {
        try budget.work(value.weight)
        switch value {
        case .string(let text): return [text]
        case .list(let list):
            var texts: [String] = []
            for element in list.elements {
                guard case .string(let text) = element else { throw CELFault.noOverload }
                texts.append(text)
            }
            return texts
        default: throw CELFault.noOverload
        }
    }

    private static func names(_ statement: CELMap, _ budget: inout CELBudget) throws(CELFault) -> [String] {
        guard let principal = statement["Principal"] else { return [] }
        guard case .map(let kinds) = principal else { return try texts(principal, &budget) }
        var names: [String] = []
        for value in kinds.values { names += try texts(value, &budget) }
        return names
    }

    /// The principals of a statement, of all kinds.
    private static func principals(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        guard case .map(let statement) = value else { throw CELFault.noOverload }
        let names = try names(statement, &budget)
        try budget.build(names.count + 1)
        return .list(CELList(names.map { .string($0) }))
    }

    /// Whether a statement allows something to everybody: effect `Allow`, a principal `*`, or all but some
    /// (`NotPrincipal`), and no condition.
    private static func isPublic(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        guard case .map(let statement) = value else { throw CELFault.noOverload }
        guard statement["Effect"] == .string("Allow"), statement["Condition"] == nil else { return .bool(false) }
        if statement["NotPrincipal"] != nil { return .bool(true) }
        return .bool(try names(statement, &budget).contains("*"))
    }
}
