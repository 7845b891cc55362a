import MartletCore
import MartletHTTPServer

/// Gives a server the certificate that its files hold: at once when it is told to by SIGHUP, and by itself when they have
/// changed. A pair that cannot be used leaves the one before in place; the files are read again once they change.
struct CertificateRenewal {
    private let files: CertificateFiles
    private let interval: Duration
    private var seen: [CertificateFiles.Stamp]
    private var next: ContinuousClock.Instant

    /// - Parameter interval: How often the files are looked at.
    init(_ files: CertificateFiles, interval: Duration = .seconds(60)) {
        self.files = files
        self.interval = interval
        seen = files.stamps
        next = .now + interval
    }

    /// Looks whether there is something to do; cheap, for a loop.
    mutating func look(isAsked: Bool, log: Log, renew: (HTTPServerConfiguration.TLS) throws -> Void) {
        guard isAsked || ContinuousClock.now >= next else { return }
        next = .now + interval
        // Before they are read, so that a change meanwhile is seen the next time.
        let stamps = files.stamps
        guard isAsked || stamps != seen else { return }
        seen = stamps
        do {
            try renew(try files.read())
            log.info("the certificate of \(files.certificate) is shown from now on")
        } catch {
            log.error("the certificate stays the one before: \(error)")
        }
    }
}
