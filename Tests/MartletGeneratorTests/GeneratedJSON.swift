import Foundation

/// Reads generated documents back with a parser that is not ours.
enum GeneratedJSON {
    typealias Object = [String: Any]

    static func lines(_ bytes: [UInt8]) throws -> [Object] {
        try bytes.split(separator: UInt8(ascii: "\n")).map { line in
            let value = try JSONSerialization.jsonObject(with: Data(line))
            return value as? Object ?? [:]
        }
    }

    static func array(_ bytes: [UInt8]) throws -> [Object] {
        try JSONSerialization.jsonObject(with: Data(bytes)) as? [Object] ?? []
    }

    /// The value at a path of keys, `resources.0.uid`.
    static func value(_ object: Object, _ path: String) -> Any? {
        var current: Any? = object
        for key in path.split(separator: ".") {
            if let number = Int(key) {
                let array = current as? [Any] ?? []
                current = array.indices.contains(number) ? array[number] : nil
            } else {
                current = (current as? Object)?[String(key)]
            }
        }
        return current
    }

    static func text(_ object: Object, _ path: String) -> String { value(object, path) as? String ?? "" }
}
