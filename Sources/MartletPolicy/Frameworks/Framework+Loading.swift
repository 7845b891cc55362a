import MartletCore

extension Framework {
    /// The largest framework document that is read: 16 MiB, several times the largest in use.
    public static let sizeLimit = 16 << 20

    /// Reads a framework document of either form.
    ///
    /// Unknown keys are kept in ``source`` and otherwise ignored; null is the same as a missing key. Needed are a name, the
    /// requirements with their ids and, in the legacy form, the provider. ``FrameworkLinter`` reports what is odd but loads.
    ///
    /// - Parameters:
    ///   - bytes: The document in UTF-8, at most ``sizeLimit`` bytes.
    ///   - fileName: The file's name; directories are ignored. What precedes `.json` becomes the id.
    /// - Throws: ``MartletError`` `invalid_input` with file and JSON pointer when a value is impossible; `limit` when the
    ///   document is too large or too deep.
    public static func load(bytes: [UInt8], fileName: String) throws(MartletError) -> Framework {
        try load(document: JSONValue.parse(bytes, file: fileName, limit: sizeLimit), fileName: fileName)
    }

    /// Reads a framework from a parsed document; see ``load(bytes:fileName:)``.
    public static func load(document: JSONValue, fileName: String) throws(MartletError) -> Framework {
        let fields = FrameworkFields(file: fileName)
        let id = Self.id(ofFile: fileName)
        guard !id.isEmpty, id.utf8.count <= FrameworkFields.textLimit, !id.utf8.contains(0) else {
            throw MartletError(.invalidInput, "a framework's file needs a name before .json", place: fileName)
        }
        guard case .object = document else {
            throw fields.failure("", "expected an object, found \(FrameworkFields.describe(document))")
        }
        let form = Self.form(of: document)
        let keys = FrameworkKeys.keys(of: form)
        let name = try fields.identifier(fields.value(document, keys.framework), at: "/\(keys.framework)")
        let declared = try declaredProvider(document, form, fields)
        let reader = RequirementReader(fields: fields, keys: keys, provider: form == .legacy ? declared : nil)
        let requirements = try reader.requirements(document)

        var providers = Set(requirements.flatMap(\.checks.keys))
        if let declared { providers.insert(declared) }
        return Framework(
            id: id, name: name, title: try fields.text(document, keys.title, at: "") ?? name,
            version: try fields.text(document, keys.version, at: "") ?? "",
            description: try fields.text(document, keys.description, at: "") ?? "",
            providers: providers.sorted(), form: form, requirements: requirements,
            attributesMetadata: form == .universal ? fields.value(document, FrameworkKeys.attributesMetadata) : nil,
            outputs: form == .universal ? fields.value(document, FrameworkKeys.outputs) : nil,
            source: FrameworkSource(document: document))
    }

    /// The id that a file of this name gets; empty when nothing is left.
    public static func id(ofFile fileName: String) -> String {
        let last = fileName.split(separator: "/").last ?? ""
        return String(last.hasSuffix(".json") ? last.dropLast(5) : last)
    }

    /// The universal form is known by its lower-case keys.
    static func form(of document: JSONValue) -> FrameworkForm {
        document[FrameworkKeys.universal.requirements] != nil || document[FrameworkKeys.attributesMetadata] != nil
            ? .universal : .legacy
    }

    /// The lower-case name of the provider the document declares; the legacy form must.
    private static func declaredProvider(
        _ document: JSONValue, _ form: FrameworkForm, _ fields: FrameworkFields
    ) throws(MartletError) -> String? {
        let key = FrameworkKeys.keys(of: form).provider
        let value = fields.value(document, key)
        // Some universal files say "for no single provider" with an empty text.
        if form == .universal, value == nil || value == .string("") { return nil }
        return try fields.identifier(value, at: "/\(key)").lowercased()
    }
}
