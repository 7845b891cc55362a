import MartletCore
import MartletEngine
import MartletHTTPServer
import MartletStore

/// Takes an upload from the client into the database, a part at a time: what has been sent is not kept in memory.
struct UploadIntake: Sendable {
    let store: Store
    let id: String
    let user: String

    /// Reads the body to its end. Gives the file's name, and what it is taken to cover.
    ///
    /// - Throws: 400 for a body without a file, or with one that is empty.
    func take(_ request: HTTPRequest) async throws -> (name: String, scope: String) {
        var reader = try MultipartReader(contentType: request.headers["Content-Type"] ?? "")
        var scope = ImportScope.matrix.rawValue
        var name: String?
        var field = ""
        var value: [UInt8] = []
        var buffer: [UInt8] = []
        var number: Int64 = 0
        for try await piece in request.body {
            for event in try reader.read(piece) {
                switch event {
                case .part(let part, let file):
                    field = part
                    value = []
                    guard part == "file" else { continue }
                    guard name == nil else { throw APIError.malformed("There is more than one file.") }
                    let shown = Self.shown(file ?? "findings")
                    name = shown
                    try await begin(shown, scope: scope)
                case .bytes(let bytes) where field == "file":
                    buffer += bytes
                    while buffer.count >= Ingestions.partBytes {
                        try await append(Array(buffer.prefix(Ingestions.partBytes)), number)
                        buffer.removeFirst(Ingestions.partBytes)
                        number += 1
                    }
                case .bytes(let bytes):
                    value += bytes
                    guard value.count <= 1_024 else {
                        throw APIError.malformed("The part '\(field.prefix(50))' is too long.")
                    }
                    guard field == "scope" else { continue }
                    scope = String(decoding: value, as: UTF8.self)
                case .end: break
                }
            }
        }
        try reader.finish()
        guard let name else { throw APIError.malformed("There is no part 'file'.", code: "required") }
        guard ImportScope(rawValue: scope) != nil else {
            throw APIError.malformed(
                "A scope is one of \(ImportScope.allCases.map(\.rawValue).joined(separator: ", ")).", code: "invalid")
        }
        if !buffer.isEmpty {
            try await append(buffer, number)
            number += 1
        }
        guard number > 0 else { throw APIError.malformed("The file is empty.", code: "invalid") }
        return (name, scope)
    }

    private func begin(_ name: String, scope: String) async throws {
        let (id, user, tenant) = (id, user, store.tenant)
        try await store.database.write {
            try Ingestions.begin(id, name: name, scope: scope, createdBy: user, tenant: tenant, $0)
        }
    }

    private func append(_ bytes: [UInt8], _ number: Int64) async throws {
        let (id, tenant) = (id, store.tenant)
        try await store.database.write { try Ingestions.append(bytes, part: number, to: id, tenant: tenant, $0) }
    }

    /// A file's name without folders and control characters, at most 200 characters.
    private static func shown(_ name: String) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last.map(String.init) ?? "findings"
        let kept = last.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }
        return String(String(String.UnicodeScalarView(kept)).prefix(200))
    }
}
