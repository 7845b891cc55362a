extension JSONValue {
    /// The largest document that ``parse(_:file:limit:)-(UnsafeRawBufferPointer,_,_)`` takes unless told otherwise: 64 MiB.
    public static let sizeLimit = 64 << 20

    /// How deep arrays and objects may be nested: 256.
    public static let depthLimit = 256

    /// Parses one JSON document (RFC 8259). A byte order mark before it is skipped.
    ///
    /// Whole numbers within `Int64` become ``int(_:)``; those up to the largest `UInt64` and all with a fraction or an
    /// exponent become ``double(_:)``; a number beyond either is an error. Half a surrogate pair in an escape is an error.
    ///
    /// - Parameters:
    ///   - bytes: The text in UTF-8.
    ///   - file: The name that errors give as their place.
    ///   - limit: The largest number of bytes to accept.
    /// - Throws: ``MartletError`` `invalid_input`, with line and column, when the text is not JSON; `limit` when it is too
    ///   large or nested more than ``depthLimit`` deep.
    public static func parse(
        _ bytes: UnsafeRawBufferPointer, file: String? = nil, limit: Int = sizeLimit
    ) throws(MartletError) -> JSONValue {
        try JSONParser(file: file, limit: limit).parse(bytes)
    }

    /// Parses one JSON document; see ``parse(_:file:limit:)-(UnsafeRawBufferPointer,_,_)``.
    public static func parse(
        _ bytes: [UInt8], file: String? = nil, limit: Int = sizeLimit
    ) throws(MartletError) -> JSONValue {
        let result = bytes.withUnsafeBytes { raw in
            Result { () throws(MartletError) in try parse(raw, file: file, limit: limit) }
        }
        return try result.get()
    }

    /// Parses one JSON document; see ``parse(_:file:limit:)-(UnsafeRawBufferPointer,_,_)``.
    public static func parse(
        _ text: String, file: String? = nil, limit: Int = sizeLimit
    ) throws(MartletError) -> JSONValue {
        var text = text
        let result = text.withUTF8 { buffer in
            Result { () throws(MartletError) in try parse(UnsafeRawBufferPointer(buffer), file: file, limit: limit) }
        }
        return try result.get()
    }
}
