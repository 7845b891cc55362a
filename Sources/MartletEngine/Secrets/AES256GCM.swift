import COpenSSL
import MartletCore

/// AES-256 in Galois/Counter Mode (NIST SP 800-38D) with a nonce of 12 and a tag of 16 bytes.
enum AES256GCM {
    static let keySize = 32
    static let nonceSize = 12
    static let tagSize = 16

    /// The ciphertext with the tag behind it. A nonce must never be used twice with a key.
    static func seal(
        _ plaintext: UnsafeRawBufferPointer, key: UnsafeRawBufferPointer, nonce: [UInt8], associated: [UInt8]
    ) throws -> [UInt8] {
        let context = try Context.start(key: key, nonce: nonce, encrypts: true)
        try context.update(associated: associated)
        return try [UInt8](unsafeUninitializedCapacity: plaintext.count + tagSize) { buffer, count in
            let output = UnsafeMutableRawBufferPointer(buffer)
            try context.update(plaintext, into: output)
            guard context.finish(), context.takeTag(into: output.baseAddress?.advanced(by: plaintext.count)) else {
                throw failure
            }
            count = plaintext.count + tagSize
        }
    }

    /// What was sealed; nil when ciphertext, tag, nonce, key or associated data are not those it was sealed with.
    static func open(
        _ sealed: ArraySlice<UInt8>, key: UnsafeRawBufferPointer, nonce: [UInt8], associated: [UInt8]
    ) throws -> SecretBytes? {
        guard sealed.count >= tagSize else { return nil }
        let context = try Context.start(key: key, nonce: nonce, encrypts: false)
        try context.update(associated: associated)
        let size = sealed.count - tagSize
        var isGenuine = false
        let plaintext = try SecretBytes(count: size) { output in
            try sealed.withUnsafeBytes { raw in
                try context.update(UnsafeRawBufferPointer(rebasing: raw[..<size]), into: output)
                var tag = [UInt8](raw[size...])
                isGenuine = context.setTag(&tag) && context.finish()
            }
        }
        return isGenuine ? plaintext : nil
    }

    private static var failure: MartletError {
        MartletError(.io, "The cryptographic library failed; check that OpenSSL 3 is installed as it should be.")
    }
}

extension AES256GCM {
    /// OpenSSL's state of one operation.
    private struct Context: ~Copyable {
        private let pointer: OpaquePointer
        private let encrypts: Int32

        private init(_ pointer: OpaquePointer, encrypts: Bool) {
            self.pointer = pointer
            self.encrypts = encrypts ? 1 : 0
        }

        static func start(key: UnsafeRawBufferPointer, nonce: [UInt8], encrypts: Bool) throws -> Context {
            guard key.count == keySize, nonce.count == nonceSize, let pointer = EVP_CIPHER_CTX_new() else {
                throw failure
            }
            let context = Context(pointer, encrypts: encrypts)
            let bytes = key.bindMemory(to: UInt8.self).baseAddress
            guard EVP_CipherInit_ex(pointer, EVP_aes_256_gcm(), nil, bytes, nonce, context.encrypts) == 1 else {
                throw failure
            }
            return context
        }

        // Overwrites the key schedule, too.
        deinit { EVP_CIPHER_CTX_free(pointer) }

        func update(associated: [UInt8]) throws {
            var written: Int32 = 0
            guard let size = Int32(exactly: associated.count),
                EVP_CipherUpdate(pointer, nil, &written, associated, size) == 1
            else { throw failure }
        }

        func update(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) throws {
            guard !input.isEmpty else { return }
            var written: Int32 = 0
            guard output.count >= input.count, let size = Int32(exactly: input.count),
                EVP_CipherUpdate(
                    pointer, output.bindMemory(to: UInt8.self).baseAddress, &written,
                    input.bindMemory(to: UInt8.self).baseAddress, size) == 1, written == size
            else { throw failure }
        }

        /// False when the tag is not that of what was opened.
        func finish() -> Bool {
            // GCM writes nothing here, but wants a place where it could.
            var rest = [UInt8](repeating: 0, count: 16)
            var written: Int32 = 0
            return EVP_CipherFinal_ex(pointer, &rest, &written) == 1
        }

        func takeTag(into place: UnsafeMutableRawPointer?) -> Bool {
            EVP_CIPHER_CTX_ctrl(pointer, EVP_CTRL_AEAD_GET_TAG, Int32(tagSize), place) == 1
        }

        func setTag(_ tag: inout [UInt8]) -> Bool {
            EVP_CIPHER_CTX_ctrl(pointer, EVP_CTRL_AEAD_SET_TAG, Int32(tagSize), &tag) == 1
        }
    }
}
