import Foundation
import MartletCore
import MartletProgram
import Testing

/// `martlet user` and `martlet audit`.
struct CommandLineUserTests {
    private let folder: Folder
    private static let password = "Correct-Horse-7"

    init() throws { folder = try Folder() }

    private func run(_ arguments: [String], input: String? = nil) throws -> Binary.Result {
        try Binary.run(arguments, input: input.map { Data($0.utf8) }, in: folder)
    }

    private func rows(_ arguments: [String]) throws -> [JSONValue] {
        let result = try run(arguments + ["-o", "json"])
        #expect(result.code == 0, "\(arguments): \(result.errors)")
        return try JSONValue.parse(result.output).arrayValue ?? []
    }

    @Test func lifeCycle() throws {
        let owner = try run(
            ["user", "add", " Anna@Example.com", "--name", "Anna", "--owner"], input: Self.password + "\n")
        #expect(owner.code == 0 && owner.errors == "user anna@example.com is made\n", "\(owner.errors)")
        let file = try folder.write(Self.password, "password")
        let member = try run(["user", "add", "bert@example.com", "--role", "admin", "--from-file", file, "-o", "json"])
        #expect(member.code == 0 && !member.output.contains("argon2"), "\(member.errors)")
        let users = try rows(["user", "list"])
        #expect(users.map { $0["email"]?.stringValue } == ["anna@example.com", "bert@example.com"])
        #expect(users[0]["name"] == .string("Anna") && users[1]["name"] == .string("bert@example.com"))
        #expect(users.allSatisfy { $0["last_login_at"] == .null && $0["is_active"] == .bool(true) })
        #expect(try run(["user", "password", "bert@example.com"], input: "Another-Horse-9").code == 0)
        let audit = try rows(["audit", "list"])
        #expect(
            audit.map { $0["action"]?.stringValue } == [
                "users.update", "users.create", "users.create", "tenants.create",
            ])
        #expect(audit.allSatisfy { $0["actor_kind"] == .string("command_line") })
        #expect(audit[0]["detail"]?["fields"]?[0] == .string("password"))
        #expect(try rows(["audit", "list", "--limit", "1"]).count == 1)
        #expect(try run(["audit", "prune", "--days", "1"]).errors == "0 entries removed\n")
        #expect(try rows(["user", "list", "--tenant", "other"]).isEmpty)
        for file in try FileManager.default.subpathsOfDirectory(atPath: folder.path("home")) {
            let bytes = FileManager.default.contents(atPath: folder.path("home/" + file)) ?? Data()
            #expect(bytes.range(of: Data(Self.password.utf8)) == nil, "\(file) has the password")
        }
    }

    @Test func refusals() throws {
        #expect(try run(["user", "add", "anna", "--owner"], input: Self.password).code == 2)
        #expect(try run(["user", "add", "a@example.com", "--owner", "--role", "x"], input: Self.password).code == 2)
        let weak = try run(["user", "add", "a@example.com", "--owner"], input: "short")
        #expect(weak.code != 0 && weak.errors.contains("12 to 72 characters") && !weak.errors.contains("short "))
        let role = try run(["user", "add", "a@example.com", "--role", "x"], input: Self.password)
        #expect(role.code == 1 && role.errors.contains("there is no role 'x'"))
        #expect(try rows(["user", "list"]).isEmpty, "a user is left of a failed command")
        #expect(try run(["user", "add", "a@example.com", "--owner"], input: Self.password).code == 0)
        #expect(try run(["user", "add", "A@example.com", "--owner"], input: Self.password).errors.contains("already"))
        #expect(try run(["user", "password", "b@example.com"], input: Self.password).errors.contains("no user"))
        #expect(try run(["audit", "prune"]).code == 2)
    }
}
