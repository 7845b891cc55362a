import MartletCore

extension CheckText {
    /// A check's files for storage: an array of objects with `path` and `text`.
    public static func json(_ files: [CheckText]) -> JSONValue {
        .array(files.map { .object([.init("path", .string($0.path)), .init("text", .string($0.text))]) })
    }

    /// Reads them back. Throws ``MartletError`` (`invalidInput`) for anything else.
    public static func files(json: JSONValue) throws(MartletError) -> [CheckText] {
        guard let elements = json.arrayValue else { throw invalid }
        var files: [CheckText] = []
        for element in elements {
            guard let path = element["path"]?.stringValue, let text = element["text"]?.stringValue else {
                throw invalid
            }
            files.append(CheckText(path: path, text: text))
        }
        return files
    }

    private static var invalid: MartletError {
        MartletError(.invalidInput, "the stored files of a check are not those of this program; add the check again")
    }
}
