import Testing

@testable import MartletCore
@testable import MartletEngine

@Suite("CronExpression where clocks change")
struct DaylightSavingTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let zone, expression, start: String
        let slots: [String]
        var testDescription: String { "\(expression) in \(zone)" }

        init(_ zone: String, _ expression: String, _ start: String, _ slots: [String]) {
            self.zone = zone
            self.expression = expression
            self.start = start
            self.slots = slots
        }
    }

    @Test(
        "slots in UTC, computed by hand",
        arguments: [
            // The gap 02:00 to 03:00: the first moment after it, once for both.
            Case("Europe/Berlin", "15,45 2 * * *", "2024-03-30T12:00", ["2024-03-31T01:00", "2024-04-01T00:15"]),
            Case("Europe/Berlin", "0 2,3 * * *", "2024-03-30T12:00", ["2024-03-31T01:00", "2024-04-01T00:00"]),
            // The repeated hour: the first time only.
            Case("Europe/Berlin", "30 2 * * *", "2024-10-26T12:00", ["2024-10-27T00:30", "2024-10-28T01:30"]),
            Case("Europe/Berlin", "30 2 * * *", "2024-10-27T00:30", ["2024-10-28T01:30"]),
            Case("Europe/Berlin", "30 2 * * *", "2024-10-27T01:10", ["2024-10-28T01:30"]),
            Case("Europe/Berlin", "0 3 * * *", "2024-10-26T12:00", ["2024-10-27T02:00"]),
            // Every hour: elapsed time.
            Case("Europe/Berlin", "30 * * * *", "2024-10-27T00:00", ["2024-10-27T00:30", "2024-10-27T01:30"]),
            Case("Europe/Berlin", "30 * * * *", "2024-03-31T00:00", ["2024-03-31T00:30", "2024-03-31T01:30"]),
            // Half an hour.
            Case("Australia/Lord_Howe", "10 2 * * *", "2024-10-05T00:00", ["2024-10-05T15:30", "2024-10-06T15:10"]),
            Case("Australia/Lord_Howe", "45 1 * * *", "2024-04-06T00:00", ["2024-04-06T14:45", "2024-04-07T15:15"]),
            // The gap is midnight, and midnight comes twice.
            Case("America/Santiago", "@daily", "2024-09-07T12:00", ["2024-09-08T04:00", "2024-09-09T03:00"]),
            Case("America/Santiago", "0 0 * * 0", "2024-09-07T12:00", ["2024-09-08T04:00", "2024-09-15T03:00"]),
            Case("America/Santiago", "30 23 * * *", "2024-04-06T12:00", ["2024-04-07T02:30", "2024-04-08T03:30"]),
            // A whole day is missing, 2011-12-30.
            Case("Pacific/Apia", "0 12 30 12 *", "2011-12-01T00:00", ["2011-12-30T10:00", "2012-12-29T22:00"]),
            Case(
                "Pacific/Apia", "0 12 * * *", "2011-12-29T00:00",
                ["2011-12-29T22:00", "2011-12-30T10:00", "2011-12-30T22:00"]),
            // The rule for years beyond those listed in the file.
            Case("Europe/Berlin", "30 2 31 3 *", "2090-12-01T00:00", ["2091-03-31T00:30"]),
            Case("Europe/Berlin", "30 2 * 3 0", "2199-03-25T12:00", ["2199-03-31T01:00"]),
            Case("America/New_York", "30 2 * * *", "2150-03-07T12:00", ["2150-03-08T07:00", "2150-03-09T06:30"]),
        ])
    func byHand(given: Case) throws {
        let expression = try CronExpression(given.expression)
        let zone = try ZoneRules.named(given.zone)
        var last = try #require(Timestamp(rfc3339: given.start + ":00Z"))
        for slot in given.slots {
            last = try #require(expression.next(after: last, in: zone))
            #expect(last.rfc3339 == slot + ":00.000Z")
        }
    }
}
