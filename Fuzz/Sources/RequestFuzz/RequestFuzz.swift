import Glibc
import MartletCore
import MartletHTTPServer

@testable import MartletServer

private let router = Router([
    Endpoint(.get, "/api/v1/scans"), Endpoint(.post, "/api/v1/scans"), Endpoint(.get, "/api/v1/scans/{id}"),
    Endpoint(.get, "/api/v1/scans/latest"), Endpoint(.get, "/api/v1/scans/{id}/compliance/{name}"),
])

private let scan = ResourceSchema(
    "scans", component: "Scan",
    attributes: [
        Property("name", .nullable(.string(maxLength: 20)), required: true), Property("count", .integer(0...9)),
        Property("when", .time), Property("kind", .choice(["a", "b"])), Property("tags", .array(.string(), max: 3)),
        Property("map", .map(.number)), Property("inner", .object([Property("x", .boolean)])),
    ], relationships: [.one("provider", "providers", required: true), .many("groups", "groups")])

private let parser = JSONAPIQueryParser(
    QuerySpec(
        filters: [
            FilterSpec("status", .choice(["PASS", "FAIL"]), FilterSpec.Comparison.allCases),
            FilterSpec("at", .time, [.equal, .atLeast, .atMost, .onDay]), FilterSpec("n", .integer(-5...5)),
            FilterSpec("id", .uuid, [.equal, .within]), FilterSpec("on", .boolean),
            FilterSpec("name", .text, [.contains]),
        ], search: true, sorts: ["name", "at"], includes: ["provider"], fields: [scan],
        paging: PagingSpec(cursors: true, disable: true), parameters: [ParameterSpec("format", .text, "")]))

private func check(_ holds: Bool, _ what: String) {
    guard !holds else { return }
    print("RequestFuzz: \(what)")
    fflush(nil)
    abort()
}

/// A target: its path through the router, its query through the parser. What is accepted keeps what it promises.
private func target(_ text: String) {
    guard let target = try? HTTPTarget(text) else { return }
    check(target.segments.allSatisfy { $0 != "." && $0 != ".." }, "a dot segment")
    check(target.segments.allSatisfy { $0.unicodeScalars.allSatisfy { $0.value >= 0x20 } }, "a control character")
    for method in [HTTPMethod.get, .head, .post, .put] {
        if case .endpoint(let endpoint, let values) = router.match(method, target.segments) {
            check(values.count == endpoint.path.parameters.count, "parameters of a path")
            check(values.values.allSatisfy { !$0.isEmpty }, "an empty parameter")
        }
    }
    do throws(APIError) {
        let query = try parser.parse(target.query)
        check(1...JSONAPI.numberedRows ~= query.page.size, "the size of a page")
        check(query.page.offset < JSONAPI.numberedRows, "a page too far")
        check(query.filters.allSatisfy { !$0.values.isEmpty }, "a filter without values")
    } catch { check(error.status == 400, "a query's error has status \(error.status)") }
}

private func document(_ bytes: [UInt8]) {
    do {
        let input = try DocumentReader.resource(bytes, as: scan)
        check(input.one("provider") != nil, "a required relationship")
        check(input.has("name"), "a required attribute")
        if let count = input.integer("count") { check(0...9 ~= count, "a number out of range") }
    } catch let errors as APIErrors {
        check(errors.errors.count <= 20 && errors.errors.allSatisfy { [400, 409].contains($0.status) }, "errors")
        _ = ErrorDocument.document(errors.errors)
    } catch let error as APIError { check(error.status == 400, "a document's error") } catch {
        check(false, "another error: \(error)")
    }
    _ = try? DocumentReader.identifiers(bytes, type: "groups")
}

/// What libFuzzer calls with every input: the first byte says what it is.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    guard let kind = bytes.first else { return 0 }
    let rest = Array(bytes.dropFirst())
    if kind == UInt8(ascii: "{") {
        document(Array(bytes))
    } else if let text = String(validating: rest, as: UTF8.self) {
        target(text)
    }
    return 0
}
