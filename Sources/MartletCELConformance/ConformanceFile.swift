import Glibc
import MartletCEL
import MartletCore

/// A file of conformance tests: an object with `name` and either `tests`, each with its `section`, or `section`, a list of
/// objects with `name` and `test`.
public struct ConformanceFile: Sendable {
    /// The name of the file.
    public let name: String
    /// The tests in their order.
    public let tests: [ConformanceTest]

    /// Reads a file.
    /// - Throws: ``MartletError`` when it cannot be read or has no tests.
    public init(bytes: [UInt8], name: String) throws(MartletError) {
        let json = try JSONValue.parse(bytes, file: name)
        self.name = name
        if let tests = json["tests"]?.arrayValue {
            self.tests = tests.map { ConformanceTest($0, section: $0["section"]?.stringValue ?? "") }
        } else if let sections = json["section"]?.arrayValue {
            tests = sections.flatMap { section in
                (section["test"]?.arrayValue ?? []).map {
                    ConformanceTest($0, section: section["name"]?.stringValue ?? "")
                }
            }
        } else {
            throw MartletError(.invalidInput, "expected an object with tests or section", place: name)
        }
    }

    /// All files of a folder whose names end with `.json`, by name.
    /// - Throws: ``MartletError`` when the folder or a file cannot be read, or there is none.
    public static func all(in folder: String) throws(MartletError) -> [ConformanceFile] {
        guard let directory = opendir(folder) else {
            throw MartletError(.io, "the folder cannot be opened: \(String(cString: strerror(errno)))", place: folder)
        }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name.hasSuffix(".json") { names.append(name) }
        }
        guard !names.isEmpty else {
            throw MartletError(.notFound, "there is no .json file in the folder", place: folder)
        }
        var files: [ConformanceFile] = []
        for name in names.sorted() {
            files.append(try ConformanceFile(bytes: try content(folder + "/" + name), name: name))
        }
        return files
    }

    private static func content(_ path: String) throws(MartletError) -> [UInt8] {
        guard let file = fopen(path, "rb") else {
            throw MartletError(.io, "the file cannot be opened: \(String(cString: strerror(errno)))", place: path)
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            guard count > 0, bytes.count <= JSONValue.sizeLimit else { break }
            bytes += buffer[..<count]
        }
        guard ferror(file) == 0 else { throw MartletError(.io, "the file cannot be read", place: path) }
        return bytes
    }
}
