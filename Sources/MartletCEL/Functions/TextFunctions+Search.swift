extension TextFunctions {
    private static let positions: [CELFunction.Signature] = [.init([.string, .string], .int)]
    private static let positionsFrom: [CELFunction.Signature] = [.init([.string, .string, .int], .int)]

    /// Functions that look into text or take it apart.
    static let search: [CELFunction] = [
        CELFunction("charAt", .member, [.init([.string, .int], .string)], .two(charAt)),
        CELFunction("indexOf", .member, positions, .two(indexOf)),
        CELFunction("indexOf", .member, positionsFrom, .three(indexOfFrom)),
        CELFunction("lastIndexOf", .member, positions, .two(lastIndexOf)),
        CELFunction("lastIndexOf", .member, positionsFrom, .three(lastIndexOfFrom)),
        CELFunction("substring", .member, [.init([.string, .int], .string)], .two(substringFrom)),
        CELFunction("substring", .member, [.init([.string, .int, .int], .string)], .three(substring)),
        CELFunction("replace", .member, [.init([.string, .string, .string], .string)], .three(replaceAll)),
        CELFunction(
            "replace", .member,
            [.init([.dyn], .string)], .many(replaceSome)),
        CELFunction("split", .member, [.init([.string, .string], .list(.string))], .two(splitAll)),
        CELFunction("split", .member, [.init([.string, .string, .int], .list(.string))], .three(split)),
        CELFunction("reverse", .member, [.init([.string], .string), .init([.list(.dyn)], .list(.dyn))], .one(reverse)),
    ]

    private static func scalars(
        _ value: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> [Unicode.Scalar] {
        guard case .string(let text) = value else { throw CELFault.noOverload }
        try budget.work(1 + text.utf8.count >> 2)
        return Array(text.unicodeScalars)
    }

    static func text(_ scalars: some Sequence<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    private static func position(_ value: CELValue, upTo count: Int) throws(CELFault) -> Int {
        guard case .int(let number) = value else { throw CELFault.noOverload }
        guard number >= 0, number <= count else { throw CELFault(.value, "index out of range: \(number)") }
        return Int(number)
    }

    private static func charAt(
        _ value: CELValue, _ index: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue {
        let scalars = try scalars(value, &budget)
        let position = try position(index, upTo: scalars.count)
        return .string(position == scalars.count ? "" : String(Character(scalars[position])))
    }

    private static func indexOf(
        _ value: CELValue, _ part: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue { try indexOfFrom(value, part, .int(0), &budget) }

    private static func indexOfFrom(
        _ value: CELValue, _ part: CELValue, _ start: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue {
        let (text, part) = (try scalars(value, &budget), try scalars(part, &budget))
        let start = try position(start, upTo: text.count)
        return .int(Int64(try TextSearch.first(text, part, from: start, &budget) ?? -1))
    }

    private static func lastIndexOf(
        _ value: CELValue, _ part: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue {
        let (text, part) = (try scalars(value, &budget), try scalars(part, &budget))
        return try last(text, part, from: text.count, &budget)
    }

    private static func lastIndexOfFrom(
        _ value: CELValue, _ part: CELValue, _ start: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue {
        let (text, part) = (try scalars(value, &budget), try scalars(part, &budget))
        return try last(text, part, from: try position(start, upTo: text.count), &budget)
    }

    /// The last position at or before `start`: the first one in the reversed text.
    private static func last(
        _ text: [Unicode.Scalar], _ part: [Unicode.Scalar], from start: Int, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue {
        guard part.count <= text.count else { return .int(-1) }
        let end = min(start, text.count - part.count)
        let found = try TextSearch.first(
            Array(text[..<(end + part.count)].reversed()), Array(part.reversed()), from: 0, &budget)
        return .int(found.map { Int64(end - $0) } ?? -1)
    }

    private static func substringFrom(
        _ value: CELValue, _ start: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue {
        let scalars = try scalars(value, &budget)
        let start = try position(start, upTo: scalars.count)
        try budget.buildText(bytes: scalars.count - start)
        return .string(text(scalars[start...]))
    }

    private static func substring(
        _ value: CELValue, _ start: CELValue, _ end: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue {
        let scalars = try scalars(value, &budget)
        let (start, end) = (try position(start, upTo: scalars.count), try position(end, upTo: scalars.count))
        guard start <= end else { throw CELFault(.value, "invalid substring range: \(start) to \(end)") }
        try budget.buildText(bytes: end - start)
        return .string(text(scalars[start..<end]))
    }

    private static func replaceAll(
        _ value: CELValue, _ old: CELValue, _ new: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue { try replaced(value, old, new, .int(-1), &budget) }

    private static func replaceSome(
        _ values: [CELValue], _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue {
        guard values.count == 4 else { throw CELFault.noOverload }
        return try replaced(values[0], values[1], values[2], values[3], &budget)
    }

    private static func replaced(
        _ value: CELValue, _ old: CELValue, _ new: CELValue, _ limit: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue {
        guard case .int(let limit) = limit else { throw CELFault.noOverload }
        let (source, old) = (try scalars(value, &budget), try scalars(old, &budget))
        let new = try scalars(new, &budget)
        let found = try TextSearch.all(source, old, limit: limit < 0 ? .max : Int(limit), &budget)
        try budget.buildText(bytes: source.count)
        var result: [Unicode.Scalar] = []
        var position = 0
        for match in found {
            try budget.buildText(bytes: new.count)
            result += source[position..<match]
            result += new
            position = match + old.count
        }
        return .string(text(result + source[position...]))
    }

    private static func splitAll(
        _ value: CELValue, _ separator: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue { try split(value, separator, .int(-1), &budget) }

    private static func split(
        _ value: CELValue, _ separator: CELValue, _ limit: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue {
        guard case .int(let limit) = limit else { throw CELFault.noOverload }
        let (source, separator) = (try scalars(value, &budget), try scalars(separator, &budget))
        guard limit != 0 else { return .list(.empty) }
        var cuts = try TextSearch.all(source, separator, limit: limit < 0 ? .max : Int(limit) - 1, &budget)
        // Between all characters; neither before the first nor after the last.
        if separator.isEmpty { cuts = Array((1..<max(1, source.count)).prefix(limit < 0 ? .max : Int(limit) - 1)) }
        try budget.build(cuts.count + 1)
        try budget.buildText(bytes: source.count)
        var parts = ContiguousArray<CELValue>()
        var position = 0
        for cut in cuts {
            parts.append(.string(text(source[position..<cut])))
            position = cut + separator.count
        }
        parts.append(.string(text(source[position...])))
        return .list(CELList(parts))
    }

    private static func reverse(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        if case .list(let list) = value {
            try budget.work(list.count)
            try budget.build(list.count + 1)
            return .list(CELList(list.elements.reversed()))
        }
        let scalars = try scalars(value, &budget)
        try budget.buildText(bytes: scalars.count)
        return .string(text(scalars.reversed()))
    }
}
