import Glibc
import MartletCore
import MartletStore

/// The file of an upload, copied from the database into a private file for as long as it is read.
final class UploadSpool: Sendable {
    /// Where it is; nobody else may read it.
    let path: String

    /// Copies the file, a part at a time. Throws ``MartletError`` (`not_found`) when its parts are gone.
    init(_ id: String, store: Store) async throws {
        let file = try TemporaryFile(prefix: "martlet-upload-")
        // From here on the object removes the file, also when it cannot be filled.
        path = file.path
        defer { close(file.descriptor) }
        try await Self.copy(id, to: file.descriptor, store: store)
    }

    deinit { unlink(path) }

    private static func copy(_ id: String, to descriptor: Int32, store: Store) async throws {
        let tenant = store.tenant
        var number: Int64 = 0
        while true {
            try Task.checkCancellation()
            let part = number
            let content = try await store.database.readRetrying {
                try Ingestions.part(part, of: id, tenant: tenant, $0)
            }
            guard let content else { break }
            try write(content, to: descriptor)
            number += 1
        }
        guard number > 0 else {
            throw MartletError(.notFound, "The uploaded file is not kept any more; upload it again.")
        }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard written > 0 else {
                guard errno == EINTR else {
                    throw MartletError(.io, "The upload cannot be copied (\(String(cString: strerror(errno)))).")
                }
                continue
            }
            rest = rest.dropFirst(written)
        }
    }
}
