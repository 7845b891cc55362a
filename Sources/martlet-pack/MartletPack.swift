import Foundation

/// Writes the files of a folder as one Swift string literal; the build runs it, see `Plugins/PackData`.
///
/// One literal, and not an array of values, because a compiler takes a megabyte of text in no time and types nothing.
@main
struct MartletPack {
    static func main() {
        let arguments = CommandLine.arguments
        do {
            guard arguments.count == 4 else { throw PackError("usage: martlet-pack FOLDER NAME OUTPUT") }
            let folder = URL(fileURLWithPath: arguments[1], isDirectory: true).resolvingSymlinksInPath()
            let source = try PackedFolder(folder).source(name: arguments[2])
            try Data(source.utf8).write(to: URL(fileURLWithPath: arguments[3]))
        } catch {
            FileHandle.standardError.write(Data("error: \(error)\n".utf8))
            exit(1)
        }
    }
}
