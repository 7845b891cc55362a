import Foundation
import MartletHTTPServer
import MartletProgram
import MartletTestSupport
import Testing

@testable import martlet

/// `martlet serve` with a certificate that is renewed while it serves.
@Suite(.timeLimit(.minutes(20)))
struct ServeCertificateTests {
    private let folder: Folder
    private let openssl: OpenSSL
    private var files: CertificateFiles {
        CertificateFiles(certificate: folder.path("tls.pem"), key: folder.path("tls.key"))
    }

    init() throws {
        folder = try Folder()
        openssl = OpenSSL(in: folder.url.path)
        for name in ["first", "second"] { try openssl.makeCertificate(name, for: "localhost") }
        try put("first")
    }

    /// Puts a certificate in the place of the one before, in one step, as renewals do.
    private func put(_ name: String, key: String? = nil) throws {
        for (from, to) in [(name + ".pem", "tls.pem"), ((key ?? name) + ".key", "tls.key")] {
            try FileManager.default.copyItem(atPath: folder.path(from), toPath: folder.path("new"))
            #expect(rename(folder.path("new"), folder.path(to)) == 0)
        }
    }

    /// Who the server says that it is, to a new connection.
    private func shown(_ port: UInt16) throws -> String {
        let text = try Command.run(
            "openssl", ["s_client", "-connect", "localhost:\(port)", "-servername", "localhost"],
            in: openssl.folder)
        let line = text.split(separator: "\n").first { $0.hasPrefix("subject=") } ?? ""
        return String(line.split(separator: " ").last ?? "")
    }

    private func wait(_ isSo: () throws -> Bool) throws -> Bool {
        for _ in 0..<200 {
            if try isSo() { return true }
            usleep(50_000)
        }
        return false
    }

    @Test("SIGHUP shows the new certificate; one that is none leaves the old one, and says so")
    func hangup() throws {
        let store = TestStore(folder: folder)
        let server = try ServerProcess(
            store, workers: 0, ["--tls-certificate", files.certificate, "--tls-key", files.key])
        #expect(try shown(server.port) == "first")
        try put("second")
        server.process.send(SIGHUP)
        #expect(try wait { try shown(server.port) == "second" })
        try put("first", key: "second")
        server.process.send(SIGHUP)
        #expect(try wait { try server.process.errorsSoFar.contains("the certificate stays the one before") })
        #expect(try shown(server.port) == "second")
        try put("first")
        server.process.send(SIGHUP)
        #expect(try wait { try shown(server.port) == "first" })
        server.process.send(SIGTERM)
        #expect(try server.process.wait().code == 0)
    }

    @Test("files that change are read once, without being asked")
    func change() throws {
        let log = Log(level: .error, quiet: true, format: .text)
        var renewal = CertificateRenewal(files, interval: .zero)
        var taken: [String] = []
        func look() {
            renewal.look(isAsked: false, log: log) { tls in
                taken.append(tls.certificate)
                // Half a pair: the certificate is there, its key is not yet.
                if taken.count == 1 { throw CocoaError(.fileReadCorruptFile) }
            }
        }
        look()
        #expect(taken.isEmpty)
        try put("second", key: "first")
        look()
        look()
        #expect(taken.count == 1)
        try put("second")
        look()
        look()
        let second = try String(contentsOfFile: folder.path("second.pem"), encoding: .utf8)
        #expect(taken == [second, second])
        var slow = CertificateRenewal(files)
        try put("first")
        slow.look(isAsked: false, log: log) { _ in Issue.record("it is not time yet") }
    }
}
