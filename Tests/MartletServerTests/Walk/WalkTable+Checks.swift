import MartletCore

@testable import MartletServer

/// Endpoints of checks.
extension WalkTable {
    static let checks: [String: WalkCall] = [
        "checks_create": WalkCall(body: { _, _ in ownCheck(ownCheckID()) }),
        "checks_retrieve": WalkCall(values: { ["id": try await $0.check()] }),
        "checks_partial_update": WalkCall(
            values: { ["id": try await $0.check()] },
            body: { _, values in
                APIFixture.document(
                    "checks", id: values["id"], [("parameters", .object([.init("prefix", .string("ab"))]))])
            }),
        "checks_destroy": WalkCall(values: { ["id": try await $0.check()] }),
    ]

    /// An id that no check has yet.
    static func ownCheckID() -> String { "\(WalkPlace.canary)_\(UUIDText.random().prefix(8))" }

    /// The document that sends a check of one's own; `change` is made in its text first.
    static func ownCheck(_ id: String, _ change: (String, String)? = nil) -> JSONValue {
        let text = change.map { ownCheckText(id).replacing($0.0, with: $0.1) } ?? ownCheckText(id)
        return ownCheck(files: [("\(id).yaml", text)])
    }

    /// The document of some files.
    static func ownCheck(files: [(String, String)]) -> JSONValue {
        let files = files.map { file in
            JSONValue.object([.init("name", .string(file.0)), .init("content", .string(file.1))])
        }
        return APIFixture.document("checks", [("files", .array(files))])
    }

    /// A check with a parameter, and examples that prove it.
    static func ownCheckText(_ id: String) -> String {
        """
        id: \(id)
        provider: azure
        service: storage
        title: The account is called well
        severity: low
        categories: [naming]
        resource-type: Microsoft.Storage/storageAccounts
        description: Names begin as they should.
        risk: Nobody knows whose it is.
        remediation: {text: Call it otherwise.}
        references: [https://example.com]
        resource: azure.storage.account
        parameters:
          prefix: {type: string, default: st, description: How names begin.}
        pass: resource.name.startsWith(param.prefix)
        messages: {fail: "{{ resource.name }} is called badly"}
        examples:
          - {name: well, kind: good, verdict: pass, resource: {"name": "sta"}}
          - {name: badly, kind: bad, verdict: fail, resource: {"name": "xsta"}}
          - {name: exactly, kind: borderline, verdict: pass, resource: {"name": "st"}}
          - {name: no name, kind: missing, verdict: error, resource: {}}

        """
    }
}

extension WalkPlace {
    /// A check of the first tenant's own.
    func check() async throws -> String {
        let id = WalkTable.ownCheckID()
        return try await make("/checks", WalkTable.ownCheck(id))
    }
}
