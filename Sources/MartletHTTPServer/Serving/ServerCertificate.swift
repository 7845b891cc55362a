import CMicroHTTPD
import MartletCore

/// A certificate and its key, ready for handshakes.
///
// @unchecked Sendable holds because what it points to is never changed, and GnuTLS only reads it.
final class ServerCertificate: @unchecked Sendable {
    let pair: UnsafeMutablePointer<martlet_tls_pair>

    /// - Throws: ``MartletError`` `invalid_input` for what is no PEM, or does not belong together.
    init(_ tls: HTTPServerConfiguration.TLS) throws {
        var code: Int32 = 0
        guard let pair = martlet_tls_read(tls.certificate, tls.key, &code) else {
            let reason = gnutls_strerror(code).map { String(cString: $0) } ?? "code \(code)"
            throw MartletError(
                .invalidInput,
                "The certificate cannot be used (\(reason)). Are certificate and key PEM, and do they belong together?")
        }
        self.pair = pair
    }

    deinit { martlet_tls_free(pair) }
}
