import MartletCore

extension CronExpression {
    /// The first minute at or after `start`, and before `end`, that the expression names; all in seconds since
    /// 1970-01-01T00:00 of a clock that nobody changes.
    func firstMatch(from start: Int64, before end: Int64) -> Int64? {
        let minute = start.dividedDown(by: 60) + (start.remainderUp(60) == 0 ? 0 : 1)
        var day = minute.dividedDown(by: 1440)
        // Minutes of the first day that are past; later days begin at midnight.
        var past = Int(minute - day * 1440)
        while day * 86_400 < end {
            let (year, month, dayOfMonth) = Timestamp.date(ofDay: Int(day))
            let daysLeft = Timestamp.days(in: month, of: year) - dayOfMonth
            guard Self.has(months, month) else {
                day += Int64(daysLeft) + 1
                past = 0
                continue
            }
            for offset in 0...Int64(max(daysLeft, 0)) {
                if matches(dayOfMonth: dayOfMonth + Int(offset), day: day + offset), let time = firstTime(from: past) {
                    let found = (day + offset) * 86_400 + Int64(time) * 60
                    return found < end ? found : nil
                }
                past = 0
            }
            day += Int64(daysLeft) + 1
        }
        return nil
    }

    private func matches(dayOfMonth: Int, day: Int64) -> Bool {
        // 1970-01-01 was a Thursday.
        let byDate = Self.has(daysOfMonth, dayOfMonth)
        let byWeekday = Self.has(daysOfWeek, Int((day + 4).remainderUp(7)))
        return eitherDay ? byDate || byWeekday : byDate && byWeekday
    }

    /// The first minute of a day, 0 to 1439, that is allowed, at or after another.
    private func firstTime(from minute: Int) -> Int? {
        for hour in (minute / 60)..<24 where Self.has(hours, hour) {
            let first = hour == minute / 60 ? UInt64(minute % 60) : 0
            let left = minutes >> first
            if left != 0 { return hour * 60 + Int(first) + left.trailingZeroBitCount }
        }
        return nil
    }

    private static func has(_ set: UInt64, _ value: Int) -> Bool { set >> UInt64(value) & 1 == 1 }
}
