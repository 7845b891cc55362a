import MartletCore

/// Moments and spans of time.
enum TimeFunctions {
    static let all: [CELFunction] =
        [
            CELFunction(
                "timestamp", .global,
                [.init([.timestamp], .timestamp), .init([.string], .timestamp), .init([.int], .timestamp)],
                .one(timestamp)),
            CELFunction(
                "duration", .global, [.init([.duration], .duration), .init([.string], .duration)], .one(duration)),
            CELFunction("daysSince", .global, days, .two(daysSince)),
            CELFunction("daysUntil", .global, days, .two(daysUntil)),
        ]
        + CivilField.allCases.flatMap { field -> [CELFunction] in
            let name = field.rawValue
            let spans: [CELFunction.Signature] = field.unit == nil ? [] : [.init([.duration], .int)]
            return [
                CELFunction(
                    name, .member, [.init([.timestamp], .int)] + spans,
                    .one { (value, _) throws(CELFault) in try part(field, of: value, zone: nil) }),
                CELFunction(
                    name, .member, [.init([.timestamp, .string], .int)],
                    .two { (value, zone, budget) throws(CELFault) in
                        try budget.work(100)
                        guard case .string(let zone) = zone else { throw CELFault.noOverload }
                        return try part(field, of: value, zone: zone)
                    }),
            ]
        }

    private static let days: [CELFunction.Signature] = [
        .init([.timestamp, .timestamp], .int), .init([.string, .timestamp], .int),
    ]

    private static func timestamp(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        switch value {
        case .timestamp: return value
        case .int(let seconds):
            guard let moment = CELTimestamp(seconds: seconds) else { throw outOfRange }
            return .timestamp(moment)
        case .string(let text):
            guard let moment = CELTimestamp(text) else {
                throw CELFault(.value, "the text is not a time such as 2026-01-31T23:59:59Z from year 1 to 9999")
            }
            return .timestamp(moment)
        default: throw CELFault.noOverload
        }
    }

    static let outOfRange = CELFault(.value, "the time is out of range")

    private static func duration(_ value: CELValue, _ budget: inout CELBudget) throws(CELFault) -> CELValue {
        switch value {
        case .duration: return value
        case .string(let text):
            guard let span = CELDuration(text) else {
                throw CELFault(.value, "the text is not a span of time such as 1h30m or 2.5s, at most 292 years long")
            }
            return .duration(span)
        default: throw CELFault.noOverload
        }
    }

    /// Whole days from a moment to another, rounded down.
    private static func daysSince(
        _ value: CELValue, _ now: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue {
        guard case .timestamp(let then) = try timestamp(value, &budget), case .timestamp(let now) = now else {
            throw CELFault.noOverload
        }
        let seconds = now.seconds - then.seconds - (now.nanoseconds < then.nanoseconds ? 1 : 0)
        return .int(seconds.dividedDown(by: 86_400))
    }

    /// Whole days from `now` to a moment, rounded down; negative when it has passed.
    private static func daysUntil(
        _ value: CELValue, _ now: CELValue, _ budget: inout CELBudget
    ) throws(CELFault) -> CELValue {
        try daysSince(now, try timestamp(value, &budget), &budget)
    }

    private static func part(
        _ field: CivilField, of value: CELValue, zone: String?
    ) throws(CELFault) -> CELValue {
        switch value {
        case .timestamp(let moment):
            var offset: Int64 = 0
            if let zone { offset = try TimeZones.offset(of: zone, at: moment) }
            return .int(field.value(CivilTime(seconds: moment.seconds + offset), nanoseconds: moment.nanoseconds))
        case .duration(let span):
            guard zone == nil, let unit = field.unit else { throw CELFault.noOverload }
            let value = span.nanoseconds / unit
            return .int(field == .milliseconds ? value % 1_000 : value)
        default: throw CELFault.noOverload
        }
    }
}
