/// Ports as firewall rules write them: `*`, `22`, `20-25`, `20-25,80`, a whole number, or a list of these.
enum PortFunctions {
    static let all: [CELFunction] = [
        CELFunction("ports.includes", .global, [.init([.dyn, .int], .bool)], .two(includes)),
        CELFunction("ports.overlap", .global, [.init([.dyn, .dyn], .bool)], .two(overlap)),
        CELFunction("ports.isAll", .global, [.init([.dyn], .bool)], .one(isAll)),
    ]

    private static func includes(
        _ ports: CELValue, _ port: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue {
        guard let port = port.wholeNumber else { throw CELFault.noOverload }
        guard (0...65_535).contains(port) else { throw CELFault(.value, "a port is a number from 0 to 65535") }
        return .bool(try ranges(ports, &budget).contains { $0.contains(port) })
    }

    private static func overlap(
        _ left: CELValue, _ right: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue {
        let (left, right) = (try ranges(left, &budget), try ranges(right, &budget))
        try budget.work(left.count.multipliedWeight(by: right.count))
        return .bool(left.contains { range in right.contains { $0.overlaps(range) } })
    }

    /// Whether every port from 1 on is included.
    private static func isAll(_ ports: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        let ranges = try ranges(ports, &budget).sorted { $0.lowerBound < $1.lowerBound }
        var next = 1
        for range in ranges where range.lowerBound <= next { next = max(next, range.upperBound + 1) }
        return .bool(next > 65_535)
    }

    private static func ranges(
        _ value: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> [ClosedRange<Int>] {
        try budget.work(value.weight)
        switch value {
        case .list(let list):
            var all: [ClosedRange<Int>] = []
            for element in list.elements {
                if case .list = element { throw CELFault.noOverload }
                all += try ranges(element, &budget)
            }
            return all
        case .string(let text):
            try budget.work(text.utf8.count)
            var all: [ClosedRange<Int>] = []
            for part in text.split(separator: ",", omittingEmptySubsequences: false) {
                guard let range = range(part.trimmed) else {
                    throw CELFault(.value, "'\(part.prefix(40))' is neither a port, nor a range such as 20-25, nor *")
                }
                all.append(range)
            }
            return all
        default:
            guard let port = value.wholeNumber else { throw CELFault.noOverload }
            guard (0...65_535).contains(port) else { throw CELFault(.value, "a port is a number from 0 to 65535") }
            return [port...port]
        }
    }

    private static func range(_ text: Substring) -> ClosedRange<Int>? {
        if text == "*" || text.lowercased() == "any" { return 0...65_535 }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { port($0.trimmed) }
        guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1], first <= last else {
            return nil
        }
        return first...last
    }

    private static func port(_ text: Substring) -> Int? {
        guard (1...5).contains(text.utf8.count), text.utf8.allSatisfy(\.isDigit), let port = Int(text), port <= 65_535
        else { return nil }
        return port
    }
}

extension Substring {
    /// Without spaces at both ends.
    fileprivate var trimmed: Substring {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return text
    }
}
