import Foundation
import MartletCore

/// The `openssl` program, by which tests make keys, certificates and signatures that owe nothing to Martlet's own code.
public struct OpenSSL: Sendable {
    /// Where its files are; it goes with the value's owner.
    public let folder: String

    /// Works in a folder.
    public init(in folder: String) { self.folder = folder }

    /// A file of the folder.
    public func path(_ name: String) -> String { folder + "/" + name }

    /// Runs it in the folder.
    @discardableResult
    public func run(_ arguments: String...) throws -> [UInt8] {
        Array(try Command.output("openssl", arguments, in: folder))
    }

    /// Runs it with bytes as the last argument's file.
    public func run(_ arguments: [String], on bytes: [UInt8]) throws -> [UInt8] {
        let name = "input-" + UUID().uuidString
        try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
        defer { try? FileManager.default.removeItem(atPath: path(name)) }
        return Array(try Command.output("openssl", arguments + [name], in: folder))
    }

    /// A certificate of a name and its key, which is its own authority: `NAME.pem` and `NAME.key`.
    public func makeCertificate(_ name: String, for host: String) throws {
        try run(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", "/CN=\(name)", "-addext", "subjectAltName=DNS:\(host)", "-keyout", name + ".key", "-out",
            name + ".pem")
    }
}
