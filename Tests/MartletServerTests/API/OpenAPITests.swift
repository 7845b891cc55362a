import Foundation
import MartletCore
import Testing

@testable import MartletServer

@Suite struct OpenAPITests {
    static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/openapi.json")

    /// `MARTLET_WRITE_OPENAPI=1` writes the file anew.
    @Test func theRepositoryKeepsWhatIsServed() throws {
        let made = OpenAPIDocument.make(EndpointTable.all).prettyText() + "\n"
        if ProcessInfo.processInfo.environment["MARTLET_WRITE_OPENAPI"] == "1" {
            try Data(made.utf8).write(to: Self.file)
        }
        let kept = String(decoding: try Data(contentsOf: Self.file), as: UTF8.self)
        #expect(
            kept == made,
            "docs/openapi.json is not what is served; MARTLET_WRITE_OPENAPI=1 makes it anew with this test")
    }

    @Test func everyOperationIsDescribedOnce() throws {
        let document = OpenAPIDocument.make(EndpointTable.all)
        var operations: Set<String> = []
        for path in document["paths"]?.objectValue ?? [] {
            for operation in path.value.objectValue ?? [] {
                let id = try #require(operation.value["operationId"]?.stringValue)
                #expect(operations.insert(id).inserted, "\(id) twice")
                #expect(operation.value["summary"]?.stringValue?.isEmpty == false, "\(id) has no summary")
            }
        }
        #expect(operations == Set(EndpointTable.all.map(\.operation)))
        #expect(operations.count == EndpointTable.all.count)
    }

    @Test func everyReferenceLeadsSomewhereAndComponentsHaveOneMeaning() {
        let document = OpenAPIDocument.make(EndpointTable.all)
        let names = Set(document["components"]?["schemas"]?.objectValue?.map(\.key) ?? [])
        func check(_ value: JSONValue) {
            for member in value.objectValue ?? [] {
                if member.key == "$ref", let text = member.value.stringValue {
                    #expect(names.contains(String(text.split(separator: "/").last ?? "")), "\(text)")
                }
                check(member.value)
            }
            for element in value.arrayValue ?? [] { check(element) }
        }
        check(document)
        var schemas: [String: ResourceSchema] = [:]
        for endpoint in EndpointTable.all {
            for response in endpoint.responses {
                switch response.content {
                case .resource(let schema), .list(let schema):
                    #expect(schemas[schema.component] ?? schema == schema, "\(schema.component) has two meanings")
                    schemas[schema.component] = schema
                default: break
                }
            }
        }
    }

    @Test func thePageShowsEveryOperationAndNothingFromElsewhere() {
        let page = DocumentPage.html(EndpointTable.all)
        for endpoint in EndpointTable.all { #expect(page.contains("id=\"\(endpoint.operation)\"")) }
        #expect(!page.contains("<script"))
        #expect(!page.contains("src="))
    }

    @Test func noMemberStandsTwice() {
        var count = 0
        func look(_ value: JSONValue, _ place: String) {
            for (index, element) in (value.arrayValue ?? []).enumerated() { look(element, "\(place)/\(index)") }
            guard let members = value.objectValue else { return }
            count += 1
            #expect(Set(members.map(\.key)).count == members.count, "\(place)")
            for member in members { look(member.value, "\(place)/\(member.key)") }
        }
        look(OpenAPIDocument.make(EndpointTable.all), "")
        #expect(count > 1_000)
    }
}
