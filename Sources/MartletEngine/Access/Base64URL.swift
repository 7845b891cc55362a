import CSodium
import MartletCore

/// Base64 with the alphabet for URLs and without padding (RFC 4648, section 5), as tokens use it.
enum Base64URL {
    static func encode(_ bytes: some Collection<UInt8>) -> String {
        let bytes = Array(bytes)
        let variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING
        let size = sodium_base64_encoded_len(bytes.count, variant)
        var text = [CChar](repeating: 0, count: size)
        _ = sodium_bin2base64(&text, size, bytes, bytes.count, variant)
        return String(decoding: text.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Nil for anything that is not exactly one encoding.
    static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let source = text.utf8.map { CChar(bitPattern: $0) }
        var bytes = [UInt8](repeating: 0, count: source.count / 4 * 3 + 3)
        var count = 0
        var end: UnsafePointer<CChar>?
        let isWhole = source.withUnsafeBufferPointer { buffer -> Bool in
            guard let start = buffer.baseAddress else { return true }
            let variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING
            return sodium_base642bin(&bytes, bytes.count, start, buffer.count, nil, &count, &end, variant) == 0
                && end == start + buffer.count
        }
        return isWhole ? Array(bytes.prefix(count)) : nil
    }
}
