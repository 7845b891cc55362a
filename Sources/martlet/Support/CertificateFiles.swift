import Glibc
import MartletHTTPServer

/// The files of a server's certificate and key.
struct CertificateFiles: Sendable {
    let certificate: String
    let key: String

    /// What tells one content from another without reading it.
    struct Stamp: Equatable, Sendable {
        private let numbers: [Int64]

        init(_ path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else {
                numbers = []
                return
            }
            numbers = [
                Int64(bitPattern: UInt64(status.st_ino)), Int64(status.st_size), Int64(status.st_mtim.tv_sec),
                Int64(status.st_mtim.tv_nsec),
            ]
        }
    }

    /// Links are followed: renewals often exchange what they point to.
    var stamps: [Stamp] { [Stamp(certificate), Stamp(key)] }

    func read() throws -> HTTPServerConfiguration.TLS {
        HTTPServerConfiguration.TLS(
            certificate: String(
                decoding: try ConfigurationFile.bytes(of: certificate, named: "--tls-certificate"), as: UTF8.self),
            key: String(decoding: try ConfigurationFile.bytes(of: key, named: "--tls-key"), as: UTF8.self))
    }
}
