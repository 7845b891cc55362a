import Foundation
import MartletCore

/// As much of JSON Schema as `docs/checks.schema.json` uses; another word is a failure, so that none is passed over.
struct JSONSchema {
    let root: JSONValue

    /// What is wrong with a document; empty when nothing is.
    func problems(_ value: JSONValue) -> [String] { problems(value, root, "") }

    private func problems(_ value: JSONValue, _ schema: JSONValue, _ place: String) -> [String] {
        var found: [String] = []
        for member in schema.objectValue ?? [] {
            found += problems(value, word: member.key, member.value, in: schema, place)
        }
        return found
    }

    private func problems(
        _ value: JSONValue, word: String, _ rule: JSONValue, in schema: JSONValue, _ place: String
    ) -> [String] {
        switch word {
        case "$schema", "title", "description", "$defs": return []
        case "$ref":
            let pointer = JSONPointer(String((rule.stringValue ?? "").dropFirst()))
            guard let target = pointer.flatMap({ root[$0] }) else { return ["\(place): no \(rule.text)"] }
            return problems(value, target, place)
        case "type":
            let isFitting = value.typeName == rule.stringValue || rule == .string("number") && value.doubleValue != nil
            return isFitting ? [] : ["\(place): is \(value.typeName), not \(rule.text)"]
        case "enum":
            return rule.arrayValue?.contains(value) == true ? [] : ["\(place): \(value.text) is none of \(rule.text)"]
        case "required":
            return (rule.arrayValue ?? []).compactMap(\.stringValue).filter { value[$0] == nil }.map {
                "\(place): lacks \($0)"
            }
        case "anyOf":
            let isFitting = rule.arrayValue?.contains { problems(value, $0, place).isEmpty } == true
            return isFitting ? [] : ["\(place): fits none of anyOf"]
        case "not": return problems(value, rule, place).isEmpty ? ["\(place): fits what it must not"] : []
        case "properties":
            return (value.objectValue ?? []).flatMap { member in
                rule[member.key].map { problems(member.value, $0, "\(place)/\(member.key)") } ?? []
            }
        case "additionalProperties":
            let others = (value.objectValue ?? []).filter { schema["properties"]?[$0.key] == nil }
            if rule == .bool(false) { return others.map { "\(place): has \($0.key)" } }
            return others.flatMap { problems($0.value, rule, "\(place)/\($0.key)") }
        case "propertyNames":
            return (value.objectValue ?? []).flatMap { problems(.string($0.key), rule, "\(place)/\($0.key)") }
        case "items":
            return (value.arrayValue ?? []).enumerated().flatMap { problems($0.element, rule, "\(place)/\($0.offset)") }
        case "uniqueItems":
            let all = value.arrayValue ?? []
            return Set(all).count == all.count ? [] : ["\(place): repeats itself"]
        case "minLength", "maxLength", "pattern":
            guard let text = value.stringValue else { return [] }
            if word == "pattern" {
                let isFitting = text.range(of: rule.stringValue ?? "", options: .regularExpression) != nil
                return isFitting ? [] : ["\(place): '\(text)' has not the form \(rule.text)"]
            }
            let limit = Int(rule.intValue ?? 0)
            return word == "minLength"
                ? (text.count >= limit ? [] : ["\(place): is too short"])
                : (text.count <= limit ? [] : ["\(place): is too long"])
        default: return ["\(place): the test does not know the word \(word)"]
        }
    }
}
