import MartletCore

@testable import MartletEngine

/// Keys that were made by OpenSSL's command line for these tests, each with its signature of ``message``.
enum SignatureVectors {
    static let message = Array("a message to be signed".utf8)

    static let rsa: (key: [(String, String)], signature: String) = (
        key: [
            ("kty", "RSA"),
            (
                "n",
                "xku55Xz1QfnS-Ypis_7KMPWi_-1LShwe3twft_jMGG18APZDwHCZYclSBxxLK4iY47avfp47vj7aQ1V8oaf_ybhW"
                    + "fbJw-5D9vMwAYbl0CXa-UjTHyLFtByDc8P9Nc-gtyFPsT18C6U4fEZRwtoFoff9K0yUteYqjmu4ARHZswqcyqoQW"
                    + "ONHzkUM4SnLiXNdtaYrfOHhVBwkAUFxUAJMUQtHFd5cD9f32UUDPlc0OlBdMdTpJzPGohyr31imyzZE6sgWfLF6Z"
                    + "r-LcY-Evh8CH23bjJgMgZcCCjNNVsQyYKlVj6tMJnXYC1o7uAeQVtEpTPrbqgp5SffwflyD7mlRBHQ"
            ),
            ("e", "AQAB"),
        ],
        signature: "Nd60a8_TCbVXUFHaepMY6s7tAG1IFXXZSCFdEU8BtrPvKEQu1j8GU7dktb1_EfNN78Rm6RRL_cTNmB66xj88eIvA"
            + "3NwTIIRuIgRbVIWNcQSUMrUHBWAqZtZMaRtlCI9enU342yI76xTAzB9oAj7ghv0OwRhXowdAx1OAN39QPacBxrGb"
            + "0sy4uBkDAMCaTUPYelYB2tcgo33h_B_AvsHxzUOtQFZFt1a-S0BfcgP862YYMtPPi2C6BCFKyMV1xyKTrCJtxOj6"
            + "ucRJn9NsPznMqe-cDikeBx9MMrJh1MkKkXBg8OAlKMWCW0Afq2ftvlLCUEWzlS_y7e5Uq2XUvXOG_A"
    )
    static let curve: (key: [(String, String)], signature: String) = (
        key: [
            ("kty", "EC"),
            ("crv", "P-256"),
            ("x", "gwTIlopex6GUpumMR2gt8ZQQMQwZIl54I99e6P4ITFI"),
            ("y", "-j81oagUaflMcMvLf6Vypmy5rboFXoMy1R40j6BAuos"),
        ],
        signature: "yf3bREezW3t--6H0kTEHCsh1gzV5_QRZBJd73Hcn4hbIZctQsoMmQSz4NUORMObSIe4EALcd2raZYdNcD8XpKg"
    )
    static let curvePadded: (key: [(String, String)], signature: String) = (
        key: [
            ("kty", "EC"),
            ("crv", "P-256"),
            ("x", "gwTIlopex6GUpumMR2gt8ZQQMQwZIl54I99e6P4ITFI"),
            ("y", "-j81oagUaflMcMvLf6Vypmy5rboFXoMy1R40j6BAuos"),
        ],
        signature: "AAA20d0iYe16G95iAzSbONoybeApcWNw_I-e2TsVqrcA8V34AoyFAlmH-NbfrAl2d55GnZQm5363QwRFFbis3Q"
    )
    static let edwards: (key: [(String, String)], signature: String) = (
        key: [
            ("kty", "OKP"),
            ("crv", "Ed25519"),
            ("x", "YS1nUsRqlrvYgjBPL67ytF3Qg2Cg7Hdgt0Ry2xAqdgg"),
        ],
        signature: "-YJVCiDoqRUOeBLOnQyoYDKBsJcSv2a7CLX-I7dh3Y5nxNtRkxxTjTa1GwcawjkXy3GZ86FWswWPkVbTapKRBA"
    )

    /// A key as a provider gives it.
    static func json(_ members: [(String, String)], _ more: [(String, String)] = []) -> JSONValue {
        .object((members + more).map { .init($0.0, .string($0.1)) })
    }
}
