/// IP addresses and networks.
enum NetworkFunctions {
    private static let question: [CELFunction.Signature] = [.init([.ip], .bool)]

    static let all: [CELFunction] = [
        CELFunction("ip", .global, [.init([.string], .ip), .init([.ip], .ip)], .one(ip)),
        CELFunction("cidr", .global, [.init([.string], .cidr), .init([.cidr], .cidr)], .one(cidr)),
        CELFunction("isIP", .global, [.init([.string], .bool)], .one(isIP)),
        CELFunction("isCIDR", .global, [.init([.string], .bool)], .one(isCIDR)),
        CELFunction("ip.isCanonical", .global, [.init([.string], .bool)], .one(isCanonical)),
        CELFunction("family", .member, [.init([.ip], .int)], .one(family)),
        CELFunction(
            "isUnspecified", .member, question,
            .one { (value, _) throws(CELFault) in
                .bool(try address(value).unmapped.allSatisfy { $0 == 0 })
            }),
        CELFunction(
            "isLoopback", .member, question,
            .one { (value, _) throws(CELFault) in
                .bool(try address(value).isLoopback)
            }),
        CELFunction(
            "isGlobalUnicast", .member, question,
            .one { (value, _) throws(CELFault) in
                .bool(try address(value).isGlobalUnicast)
            }),
        CELFunction(
            "isLinkLocalUnicast", .member, question,
            .one { (value, _) throws(CELFault) in
                .bool(try address(value).isLinkLocalUnicast)
            }),
        CELFunction(
            "isLinkLocalMulticast", .member, question,
            .one { (value, _) throws(CELFault) in
                .bool(try address(value).isLinkLocalMulticast)
            }),
        CELFunction(
            "isPrivate", .member, question,
            .one { (value, _) throws(CELFault) in
                .bool(try address(value).isPrivate)
            }),
        CELFunction(
            "containsIP", .member, [.init([.cidr, .ip], .bool), .init([.cidr, .string], .bool)], .two(containsIP)),
        CELFunction(
            "containsCIDR", .member, [.init([.cidr, .cidr], .bool), .init([.cidr, .string], .bool)], .two(containsCIDR)),
        CELFunction(
            "ip", .member, [.init([.cidr], .ip)],
            .one { (value, _) throws(CELFault) in
                .ip(try network(value).address)
            }),
        CELFunction(
            "masked", .member, [.init([.cidr], .cidr)],
            .one { (value, _) throws(CELFault) in
                .cidr(try network(value).masked)
            }),
        CELFunction(
            "prefixLength", .member, [.init([.cidr], .int)],
            .one { (value, _) throws(CELFault) in
                .int(Int64(try network(value).prefixLength))
            }),
    ]

    private static func address(_ value: CELValue) throws(CELFault) -> CELAddress {
        guard case .ip(let address) = value else { throw CELFault.noOverload }
        return address
    }

    private static func network(_ value: CELValue) throws(CELFault) -> CELNetwork {
        guard case .cidr(let network) = value else { throw CELFault.noOverload }
        return network
    }

    private static func ip(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        if case .ip = value { return value }
        guard case .string(let text) = value else { throw CELFault.noOverload }
        try budget.build(2)
        do throws(AddressProblem) {
            return .ip(try CELAddress.reading(text))
        } catch {
            throw CELFault(.value, error.message("IP address"))
        }
    }

    private static func cidr(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        if case .cidr = value { return value }
        guard case .string(let text) = value else { throw CELFault.noOverload }
        try budget.build(4)
        do throws(AddressProblem) {
            return .cidr(try CELNetwork.reading(text))
        } catch {
            throw CELFault(.value, error.message("IP network (address/prefix)"))
        }
    }

    private static func isIP(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        guard case .string(let text) = value else { throw CELFault.noOverload }
        return .bool(CELAddress.parse(text) != nil)
    }

    private static func isCIDR(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        guard case .string(let text) = value else { throw CELFault.noOverload }
        return .bool(CELNetwork.parse(text) != nil)
    }

    private static func isCanonical(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        guard case .string(let text) = value else { throw CELFault.noOverload }
        return .bool(try address(try ip(value, &budget)).text.isSameText(as: text))
    }

    private static func family(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        .int(try address(value).isIPv4 ? 4 : 6)
    }

    private static func containsIP(
        _ left: CELValue, _ right: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue { .bool(try network(left).contains(try address(try ip(right, &budget)))) }

    private static func containsCIDR(
        _ left: CELValue, _ right: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue { .bool(try network(left).contains(try network(try cidr(right, &budget)))) }
}
