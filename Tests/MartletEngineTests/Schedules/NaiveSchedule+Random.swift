import MartletTestSupport

extension NaiveSchedule {
    /// A random schedule, written as lists in random order.
    static func random(_ random: inout SplitMix) -> NaiveSchedule {
        func set(_ range: ClosedRange<Int>, wide: Int, _ random: inout SplitMix) -> Set<Int>? {
            if random.chance(wide) { return nil }
            let count = Int.random(in: 1...3, using: &random)
            return Set((0..<count).map { _ in Int.random(in: range, using: &random) })
        }
        func text(_ set: Set<Int>?, _ random: inout SplitMix) -> String {
            set.map { $0.shuffled(using: &random).map { String($0) }.joined(separator: ",") } ?? "*"
        }
        let minutes = set(0...59, wide: 5, &random)
        // Most changes of clocks happen in the first hours.
        let hours = set(0...(random.chance(70) ? 3 : 23), wide: 10, &random)
        let days = set(1...28, wide: 60, &random)
        let months = set(1...12, wide: 70, &random)
        let weekdays = set(0...6, wide: 60, &random)
        let words = [minutes, hours, days, months, weekdays].map { text($0, &random) }
        return NaiveSchedule(
            words.joined(separator: " "), minutes: minutes ?? Set(0...59), hours: hours ?? Set(0...23),
            days: days ?? Set(1...31), months: months ?? Set(1...12), weekdays: weekdays ?? Set(0...6),
            either: days != nil && weekdays != nil)
    }
}
