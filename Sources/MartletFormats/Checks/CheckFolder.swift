import Foundation
import MartletCore

/// Finds files of checks on disk.
public enum CheckFolder {
    /// The most files that are read from one path.
    public static let fileLimit = 5_000

    /// The `.yaml` and `.yml` files at a path: the file itself, or all below a folder, sorted. Symbolic links to folders
    /// are not followed, names that begin with a dot are left out.
    ///
    /// Throws ``MartletError``: `notFound` where there is nothing, `limit` for too many or too large files, `io` for what
    /// cannot be read, `invalidInput` for text that is not UTF-8.
    public static func files(at path: String) throws(MartletError) -> [CheckText] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw MartletError(.notFound, "there is no such file or folder", place: path)
        }
        guard isFolder.boolValue else { return [try read(path)] }
        guard let walk = FileManager.default.enumerator(atPath: path) else {
            throw MartletError(.io, "the folder cannot be read", place: path)
        }
        var names: [String] = []
        for case let name as String in walk {
            if name.split(separator: "/").last?.hasPrefix(".") == true {
                walk.skipDescendants()
            } else if name.hasSuffix(".yaml") || name.hasSuffix(".yml") {
                names.append(name)
                guard names.count <= fileLimit else {
                    throw MartletError(.limit, "the folder holds more than \(fileLimit) files of checks", place: path)
                }
            }
        }
        let base = path.hasSuffix("/") ? path : path + "/"
        var files: [CheckText] = []
        for name in names.sorted() { files.append(try read(base + name)) }
        return files
    }

    private static func read(_ path: String) throws(MartletError) -> CheckText {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        guard let size = attributes?[.size] as? Int, attributes?[.type] as? FileAttributeType == .typeRegular else {
            throw MartletError(.io, "this is no file that can be read", place: path)
        }
        guard size <= CheckFiles.limits.bytes else {
            throw MartletError(.limit, "a file of checks has at most \(CheckFiles.limits.bytes >> 20) MiB", place: path)
        }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw MartletError(.io, "the file cannot be read", place: path)
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw MartletError(.invalidInput, "the file is not UTF-8", place: path)
        }
        return CheckText(path: path, text: text)
    }
}
