import Foundation
import PackagePlugin

/// Compiles the data of the repository's root into `MartletData`: for each folder one Swift file that `martlet-pack`
/// writes. A new file in a folder is found by itself.
@main
struct PackData: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
        let tool = try context.tool(named: "martlet-pack")
        let root = context.package.directoryURL
        return [("Checks", "checks"), ("Collectors", "collectors"), ("frameworks", "frameworks")].map { folder, name in
            let source = root.appending(path: folder).resolvingSymlinksInPath()
            let output = context.pluginWorkDirectoryURL.appending(path: "PackedData+\(name).swift")
            return .buildCommand(
                displayName: "Packing \(folder)", executable: tool.url,
                arguments: [source.path(), name, output.path()],
                inputFiles: Self.files(in: source), outputFiles: [output])
        }
    }

    /// The files and folders below a folder: the folders, too, so that a file that was removed is noticed.
    private static func files(in folder: URL) -> [URL] {
        guard let walk = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else { return [] }
        return [folder] + walk.compactMap { $0 as? URL }.sorted { $0.path() < $1.path() }
    }
}
