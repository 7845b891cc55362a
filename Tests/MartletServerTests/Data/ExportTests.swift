import MartletCore
import MartletPolicy
import MartletStore
import Testing

@testable import MartletEngine
@testable import MartletServer

/// What a list shows and what its export holds: the same findings, in the same order.
@Suite("API: exports")
struct ExportTests {
    private static let queries = [
        "", "filter[status]=FAIL", "filter[severity__in]=critical,high&filter[check_id__icontains]=check",
        "filter[provider_type]=azure", "filter[region]=region-1", "filter[muted]=true", "filter[muted]=false",
        "filter[resource_uid]=uid:4", "filter[tag]=team=t1", "filter[delta]=new", "filter[delta]=changed",
        "filter[delta__in]=resolved,gone", "filter[delta]=gone", "filter[search]=detail 7",
        "filter[status]=MANUAL&filter[service]=service1",
        "filter[resource_uid]=none",
    ]

    /// Two scans of the first account: something has changed, is resolved and is gone; and something is muted.
    private func prepare(_ data: DataFixture) async throws {
        var later = data.findings(of: data.first, count: 50, failing: 4)
        for index in later.indices {
            later[index].observedAt = Timestamp(milliseconds: 1_900_000_000_000)
            // What every form has to quote in its own way.
            if index % 9 == 0 { later[index].detail = "\"a\", b\r\nc; d\t\u{e9}\u{1F512} \(index)" }
        }
        try await data.scan(later, at: 1_900_000_000_000)
        var rule = MuteRule(id: "mute", reason: "known, \"accepted\"")
        rule.checks = ["check_2"]
        try await Administration(store: data.api.store).addMute(rule)
    }

    @Test("NDJSON, CSV and OCSF hold exactly the findings of the list", arguments: ServerStore.allCases)
    func findings(place: ServerStore) async throws {
        try await DataFixture.with(place) { data in
            try await prepare(data)
            var counts: Set<Int> = []
            for query in Self.queries {
                let path = "/findings?\(query)".escaped
                let list = try await data.api.ask(.get, path + "&page[size]=1000".escaped)
                #expect(list.status == 200, "\(query): \(list.text)")
                counts.insert(list.ids.count)
                try await compare(list, path, data)
            }
            #expect(counts.contains(0) && counts.count > 7, "the queries tell findings apart: \(counts)")
        }
    }

    @Test("a scan's report holds exactly what the scan has found", arguments: ServerStore.allCases)
    func report(place: ServerStore) async throws {
        try await DataFixture.with(place) { data in
            try await prepare(data)
            for scan in try await data.api.ask(.get, "/scans").ids {
                let list = try await data.api.ask(.get, "/findings?filter[scan]=\(scan)&page[size]=1000".escaped)
                #expect(list.status == 200 && !list.ids.isEmpty)
                try await compare(list, "/scans/\(scan)/report", data)
            }
        }
    }

    private func compare(_ list: Answer, _ path: String, _ data: DataFixture) async throws {
        let (ids, details) = (list.ids, list.all("status_extended"))
        let lines = try await data.api.file(path, accept: FindingExport.ndjson)
        let objects = try lines.text.utf8.split(separator: 10).map { try JSONValue.parse(Array($0)) }
        #expect(objects.compactMap { $0["id"]?.stringValue } == ids, "NDJSON of \(path)")
        #expect(objects.compactMap { $0["status_extended"]?.stringValue } == details, "NDJSON of \(path)")

        let rows = Self.fields(try await data.api.file(path, accept: FindingExport.csv).text)
        let id = try #require(rows.first?.firstIndex(of: "id"), "\(path)")
        let detail = try #require(rows.first?.firstIndex(of: "status_extended"))
        #expect(rows.dropFirst().map { $0[id] } == ids, "CSV of \(path)")
        #expect(rows.dropFirst().map { $0[detail] } == details, "CSV of \(path)")

        let events = try JSONValue.parse(Array(try await data.api.file(path, accept: FindingExport.ocsf).text.utf8))
        let uids = events.arrayValue?.compactMap { $0["finding_info"]?["uid"]?.stringValue } ?? []
        #expect(uids.count == ids.count && Set(uids).count == ids.count, "OCSF of \(path)")
        #expect(
            events.arrayValue?.compactMap { $0["status_detail"]?.stringValue } == details.filter { !$0.isEmpty },
            "OCSF of \(path)")
    }

    /// The fields of CSV as RFC 4180 has it, read byte by byte.
    private static func fields(_ text: String) -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        var last: UInt8 = 0
        for byte in text.utf8 {
            defer { last = byte }
            switch (byte, isQuoted) {
            case (UInt8(ascii: "\""), true): isQuoted = false
            case (UInt8(ascii: "\""), false):
                isQuoted = true
                if last == byte { field.append(byte) }
            case (UInt8(ascii: ","), false), (10, false):
                if field.last == 13, byte == 10 { field.removeLast() }
                row.append(String(decoding: field, as: UTF8.self))
                field = []
                if byte == 10 {
                    rows.append(row)
                    row = []
                }
            default: field.append(byte)
            }
        }
        return rows
    }
}
