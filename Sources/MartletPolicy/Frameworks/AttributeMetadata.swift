import MartletCore

/// What a universal framework declares about the attributes of its requirements (`attributes_metadata`).
struct AttributeMetadata {
    private struct Entry {
        let type: String
        let choices: [JSONValue]?
        let isRequired: Bool
    }

    private var entries: [String: Entry] = [:]
    private var required: [String] = []

    private static let types: Set = ["str", "int", "float", "bool", "list_str", "list_dict"]
    private static let keys: Set = [
        "key", "label", "type", "enum", "enum_display", "enum_order", "required", "chart_label", "output_formats",
    ]

    /// Reads the declarations and reports what is wrong with them; those that cannot be used are left out.
    init(_ value: JSONValue, at pointer: String, into report: inout LintReport) {
        guard let list = value.arrayValue else {
            report.add(.error, pointer, "expected an array, found \(FrameworkFields.describe(value))")
            return
        }
        for (index, element) in list.enumerated() {
            let place = "\(pointer)/\(index)"
            guard let key = element["key"]?.stringValue, !key.isEmpty else {
                report.add(.error, "\(place)/key", "missing; expected the attribute's key")
                continue
            }
            for member in element.objectValue ?? [] where !Self.keys.contains(member.key) {
                report.add(
                    .warning, FrameworkFields.pointer(place, member.key),
                    "the description of an attribute has no key \"\(member.key)\"", collapse: true)
            }
            if entries[key] != nil {
                report.add(.error, "\(place)/key", "the attribute \"\(key)\" is described twice")
                continue
            }
            entries[key] = Self.entry(element, at: place, into: &report)
            if entries[key]?.isRequired ?? false { required.append(key) }
        }
    }

    private static func entry(_ element: JSONValue, at pointer: String, into report: inout LintReport) -> Entry {
        var type = "str"
        if let value = element["type"], !value.isNull {
            if let name = value.stringValue, types.contains(name) {
                type = name
            } else {
                report.add(
                    .error, "\(pointer)/type", "expected one of \(types.sorted().joined(separator: ", "))")
            }
        }
        var choices: [JSONValue]?
        if let value = element["enum"], !value.isNull {
            choices = value.arrayValue
            if choices == nil { report.add(.error, "\(pointer)/enum", "expected an array") }
        }
        var isRequired = false
        if let value = element["required"], !value.isNull {
            isRequired = value.boolValue ?? false
            if value.boolValue == nil { report.add(.error, "\(pointer)/required", "expected true or false") }
        }
        return Entry(type: type, choices: choices, isRequired: isRequired)
    }

    /// Reports how a requirement's attributes contradict the declarations.
    func lint(_ attributes: JSONValue, at pointer: String, into report: inout LintReport) {
        for key in required where attributes[key]?.isNull ?? true {
            report.add(.error, FrameworkFields.pointer(pointer, key), "missing; the attribute is required")
        }
        for member in attributes.objectValue ?? [] {
            let place = FrameworkFields.pointer(pointer, member.key)
            guard let entry = entries[member.key] else {
                report.add(.error, place, "attributes_metadata does not describe \"\(member.key)\"")
                continue
            }
            guard !member.value.isNull else { continue }
            if !Self.matches(member.value, entry.type) {
                report.add(
                    .error, place,
                    "expected a value of type \(entry.type), found \(FrameworkFields.describe(member.value))")
            } else if let choices = entry.choices, !Self.isAmong(choices, member.value) {
                report.add(.error, place, "\(member.value.text) is not among the values of its enum")
            }
        }
    }

    private static func matches(_ value: JSONValue, _ type: String) -> Bool {
        switch type {
        case "int": if case .int = value { true } else { false }
        case "float": value.doubleValue != nil
        case "bool": value.boolValue != nil
        case "list_str": value.arrayValue?.allSatisfy { $0.stringValue != nil } ?? false
        case "list_dict": value.arrayValue?.allSatisfy { $0.objectValue != nil } ?? false
        default: value.stringValue != nil
        }
    }

    /// For a list each element must be one of the choices.
    private static func isAmong(_ choices: [JSONValue], _ value: JSONValue) -> Bool {
        value.arrayValue?.allSatisfy(choices.contains) ?? choices.contains(value)
    }
}
