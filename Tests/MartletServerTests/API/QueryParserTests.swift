import MartletCore
import MartletHTTPServer
import Testing

@testable import MartletServer

@Suite struct QueryParserTests {
    static let scan = ResourceSchema(
        "scans", component: "Scan", attributes: [Property("name", .string()), Property("state", .string())],
        relationships: [.one("provider", "providers")])

    static let spec = QuerySpec(
        filters: [
            FilterSpec("status", .choice(["PASS", "FAIL"]), [.equal, .within]),
            FilterSpec("inserted_at", .time, [.equal, .atLeast, .atMost, .onDay]),
            FilterSpec("count", .integer(0...100)), FilterSpec("muted", .boolean),
            FilterSpec("scan", .uuid), FilterSpec("name", .text, [.equal, .contains, .isAbsent]),
        ], search: true, sorts: ["name", "inserted_at"], includes: ["provider", "provider.groups"], fields: [scan],
        paging: PagingSpec(size: 10, maximum: 100, cursors: true, disable: true),
        parameters: [ParameterSpec("format", .choice(["csv", "json"]), "")])

    static func parse(_ query: String, _ spec: QuerySpec = spec) throws -> JSONAPIQuery {
        try JSONAPIQueryParser(spec).parse(HTTPTarget("/x?" + query).query)
    }

    /// The parameter that the error blames.
    static func blamed(_ query: String, _ spec: QuerySpec = spec) -> String? {
        do {
            _ = try parse(query, spec)
            return nil
        } catch let error as APIError {
            guard error.status == 400, case .parameter(let name) = error.source else { return "\(error)" }
            return name
        } catch { return "\(error)" }
    }

    @Test func allFamiliesAreRead() throws {
        let query = try Self.parse(
            "filter%5Bstatus__in%5D=PASS,FAIL&filter[inserted_at__gte]=2026-11-20&filter[count]=7&filter[muted]=true"
                + "&filter[name__isnull]=false&filter[search]=a+b&sort=-name,inserted_at&include=provider"
                + "&fields[scans]=name,provider&page[number]=3&page[size]=20&format=csv")
        #expect(query.texts("status") == ["PASS", "FAIL"])
        let day = Timestamp(rfc3339: "2026-11-20T00:00:00Z")
        #expect(query.values("inserted_at", .atLeast) == day.map { [.day($0)] })
        #expect(query.values("count") == [.integer(7)])
        #expect(query.values("muted") == [.boolean(true)])
        #expect(query.values("name", .isAbsent) == [.boolean(false)])
        #expect(query.search == "a b")
        #expect(query.sort == [.init("name", descending: true), .init("inserted_at")])
        #expect(query.include == ["provider"])
        #expect(query.wants("name", of: "scans"))
        #expect(!query.wants("state", of: "scans"))
        #expect(query.wants("state", of: "other"))
        #expect(query.page == .number(3, size: 20))
        #expect(query.page.offset == 40)
        #expect(query.parameters["format"] == .text("csv"))
    }

    @Test func pagesAreLimited() throws {
        #expect(try Self.parse("").page == .number(1, size: 10))
        #expect(try Self.parse("page[size]=5000").page == .number(1, size: 100))
        #expect(try Self.parse("page[after]=abc").page == .after("abc", size: 10))
        #expect(try Self.parse("page[after]=").page == .after("", size: 10))
        #expect(try Self.parse("page[disable]=true").page == .all(limit: 10_000))
        #expect(try Self.parse("page[number]=100&page[size]=100").page.offset == 9900)
        #expect(Self.blamed("page[number]=101&page[size]=100") == "page[number]")
        #expect(Self.blamed("page[number]=9223372036854775807&page[size]=100") == "page[number]")
    }

    @Test(arguments: [
        ("filter[colour]=red", "filter[colour]"), ("colour=red", "colour"), ("filter[status]=maybe", "filter[status]"),
        ("filter[status__gte]=FAIL", "filter[status__gte]"), ("filter[count]=101", "filter[count]"),
        ("filter[count]=99999999999999999999", "filter[count]"), ("filter[muted]=2", "filter[muted]"),
        ("filter[scan]=1", "filter[scan]"), ("filter[inserted_at]=yesterday", "filter[inserted_at]"),
        ("filter[inserted_at]=2026-02-30", "filter[inserted_at]"), ("filter[status__in]=", "filter[status__in]"),
        ("sort=colour", "sort"), ("sort=name,-name", "sort"), ("include=colour", "include"),
        ("fields[scans]=colour", "fields[scans]"), ("fields[users]=name", "fields[users]"),
        ("page[number]=0", "page[number]"), ("page[number]=-1", "page[number]"), ("page[size]=ten", "page[size]"),
        ("page[size]=%2B1", "page[size]"), ("page[colour]=1", "page[colour]"),
        ("page[after]=x&page[number]=1", "page[after]"), ("format=xml", "format"),
        ("filter[status]=FAIL&filter[status]=PASS", "filter[status]"), ("filter=1", "filter"),
        ("filter[]=1", "filter[]"),
        ("filter[a][b]=1", "filter[a][b]"), ("x[y]=1", "x[y]"),
    ]) func whatIsUnknownOrWrongIsNamed(_ query: String, _ parameter: String) {
        #expect(Self.blamed(query) == parameter)
    }

    @Test func whatAnEndpointLacksIsRefused() {
        let none = QuerySpec.none
        for (query, parameter) in [
            ("sort=name", "sort"), ("include=provider", "include"), ("page[size]=1", "page[size]"),
            ("filter[search]=x", "filter[search]"),
        ] { #expect(Self.blamed(query, none) == parameter) }
        let needed = QuerySpec(filters: [FilterSpec("scan", .uuid, required: true)])
        #expect(Self.blamed("", needed) == "filter[scan]")
    }

    @Test func dotsStandForUnderscores() throws {
        #expect(try Self.parse("filter[status.in]=PASS").texts("status") == ["PASS"])
    }

    @Test func longListsAndValuesAreRefused() {
        let many = (0...500).map(String.init).joined(separator: ",")
        #expect(Self.blamed("filter[status__in]=" + many) == "filter[status__in]")
        #expect(Self.blamed("filter[name]=" + String(repeating: "x", count: 4097)) == "filter[name]")
        #expect(Self.blamed("filter[search]=" + String(repeating: "x", count: 4097)) == "filter[search]")
    }
}
