import Foundation
import MartletCore

/// Answers the first message of one client after the other with fixed bytes, on a socket in a folder: what a server says
/// before any real one would have to be installed for it.
final class FakeServer: Sendable {
    let folder: String
    private let descriptor: Int32
    static let port = 5_433

    /// A server of a version: admits everybody and is ready.
    static func greeting(version: String) -> [UInt8] {
        var bytes: [UInt8] = message("R", [0, 0, 0, 0])
        for (name, value) in [("server_version", version), ("client_encoding", "UTF8")] {
            bytes += message("S", Array(name.utf8) + [0] + Array(value.utf8) + [0])
        }
        return bytes + message("K", [0, 0, 0, 1, 0, 0, 0, 1]) + message("Z", Array("I".utf8))
    }

    /// A server that refuses with a text.
    static func refusal(_ state: String, _ text: String) -> [UInt8] {
        var body: [UInt8] = []
        for (field, value) in [("S", "FATAL"), ("V", "FATAL"), ("C", state), ("M", text)] {
            body += Array(field.utf8) + Array(value.utf8) + [0]
        }
        return message("E", body + [0])
    }

    private static func message(_ kind: String, _ body: [UInt8]) -> [UInt8] {
        let length = UInt32(body.count + 4)
        return Array(kind.utf8) + [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> $0) } + body
    }

    init(_ answer: [UInt8]) throws {
        // A socket's path has little room.
        let name = "martlet-fake-\(UInt32.random(in: 0 ... .max))"
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let path = Array("\(folder)/.s.PGSQL.\(Self.port)".utf8)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        let bound = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, length) }
        }
        guard bound == 0, listen(descriptor, 8) == 0 else { throw MartletError(.io, "The socket cannot be used.") }
        let listener = descriptor
        Thread.detachNewThread {
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { return }
                var request = [UInt8](repeating: 0, count: 1_024)
                // The greeting answers whatever comes first; the client goes when it has read it.
                if read(client, &request, request.count) > 0 { _ = write(client, answer, answer.count) }
                _ = read(client, &request, request.count)
                close(client)
            }
        }
    }

    deinit {
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
        try? FileManager.default.removeItem(atPath: folder)
    }

    var url: String {
        let socket = folder.split(separator: "/").joined(separator: "%2F")
        return "postgresql://owner:s3cret@%2F\(socket):\(Self.port)/postgres?sslmode=disable&gssencmode=disable"
    }
}
