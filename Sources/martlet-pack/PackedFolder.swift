import Foundation

/// The data files of a folder and the Swift file that holds them.
struct PackedFolder {
    /// Paths below the folder, sorted by their bytes, and what the files hold.
    let files: [(path: String, text: String)]

    /// Reads all `.yaml` and `.json` files below a folder; one that does not exist is empty.
    init(_ folder: URL) throws {
        let manager = FileManager.default
        var paths: [String] = []
        if let walk = manager.enumerator(atPath: folder.path) {
            for case let path as String in walk where path.hasSuffix(".yaml") || path.hasSuffix(".json") {
                paths.append(path)
            }
        }
        paths.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        files = try paths.map { path in
            let data = try Data(contentsOf: folder.appendingPathComponent(path))
            guard let text = String(validatingUTF8: data) else {
                throw PackError("\(folder.lastPathComponent)/\(path): not UTF-8, or with control characters or CR")
            }
            return (path, text)
        }
    }

    /// The Swift file. The literal holds a line `path TAB bytes` for each file, an empty line, and then all texts.
    func source(name: String) -> String {
        var content = ""
        for file in files { content += "\(file.path)\t\(file.text.utf8.count)\n" }
        content += "\n"
        for file in files { content += file.text }
        var marks = "#"
        while content.contains("\"\"\"" + marks) || content.contains("\\" + marks) { marks += "#" }
        return """
            // Written by martlet-pack.
            enum PackedData_\(name) {
                static let text: StaticString = \(marks)\"\"\"
            \(content)
            \"\"\"\(marks)
            }

            """
    }
}

extension String {
    /// The text of a data file; nil when a Swift literal could not hold it as it is.
    fileprivate init?(validatingUTF8 data: Data) {
        guard data.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A || $0 == 0x09 }) else { return nil }
        self.init(data: data, encoding: .utf8)
    }
}
