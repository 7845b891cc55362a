import MartletCore

extension CronField {
    /// Reads the text of the field: the set of values as bits, and whether the text begins with `*` or `?`. Throws an
    /// `invalid_input` error.
    func read(_ text: Substring) throws -> (values: UInt64, unrestricted: Bool) {
        if text == "?", hasQuestionMark { return (bits(all, step: 1), true) }
        var values: UInt64 = 0
        for item in text.split(separator: ",", omittingEmptySubsequences: false) { values |= try read(item: item) }
        return (values, text.hasPrefix("*"))
    }

    private func read(item: Substring) throws -> UInt64 {
        let parts = item.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let span = parts.first else { throw error(item, "is empty") }
        let step = parts.count == 2 ? try read(step: parts[1], of: item) : 1
        if span == "*" { return bits(all, step: step) }
        let ends = span.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = ends.first else { throw error(item, "is empty") }
        let low = try value(first, of: item)
        if ends.count == 1 {
            guard parts.count == 1 else {
                throw error(item, "has a step without a range; write \(low)-\(all.upperBound)/\(step)")
            }
            return bits(low...low, step: 1)
        }
        var high = try value(ends[1], of: item)
        // `FRI-SUN`: as the end of a range Sunday is the seventh day.
        if self == .dayOfWeek, high == 0, low > 0, Int(ends[1]) == nil { high = 7 }
        guard low <= high else { throw error(item, "is a range that goes down; write two ranges, or a list") }
        return bits(low...high, step: step)
    }

    private func read(step text: Substring, of item: Substring) throws -> Int {
        guard let step = number(text), 1...all.count ~= step else {
            throw error(item, "has the step \(CronExpression.quoted(text)), which must be 1 to \(all.count)")
        }
        return step
    }

    private func value(_ text: Substring, of item: Substring) throws -> Int {
        if let number = number(text) {
            guard range.contains(number) else { throw error(item, "is outside the range") }
            return number
        }
        guard let index = names.firstIndex(of: text.uppercased()) else { throw error(item, "is not a value") }
        return all.lowerBound + index
    }

    private func number(_ text: Substring) -> Int? {
        guard 1...4 ~= text.utf8.count, text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
        return Int(text)
    }

    private func bits(_ span: ClosedRange<Int>, step: Int) -> UInt64 {
        stride(from: span.lowerBound, through: span.upperBound, by: step).reduce(0) { set, value in
            set | 1 << UInt64(self == .dayOfWeek ? value % 7 : value)
        }
    }

    private func error(_ item: Substring, _ problem: String) -> MartletError {
        MartletError(
            .invalidInput, "\(CronExpression.quoted(item)) \(problem); allowed are \(allowed)",
            place: "cron expression, field '\(name)'")
    }
}
