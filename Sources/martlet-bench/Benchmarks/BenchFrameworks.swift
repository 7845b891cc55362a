import Glibc
import MartletCore
import MartletGenerator

/// The frameworks of a benchmark that cannot do without any.
enum BenchFrameworks {
    /// What was asked for, or made-up frameworks and those of the project where the benchmark runs inside it.
    static func paths(_ asked: [String], in folder: WorkFolder) throws -> [String] {
        guard asked.isEmpty else { return asked }
        let own = access("frameworks", R_OK) == 0 ? ["frameworks"] : []
        let known = own.isEmpty ? [] : try FrameworkFiles(paths: own).awsChecks()
        let made = BenchmarkEstate.syntheticCatalog(checks: max(0, 600 - known.count))
        let path = folder.file("frameworks")
        guard mkdir(path, 0o700) == 0 else { throw MartletError(.io, String(cString: strerror(errno)), place: path) }
        for (fileName, bytes) in SyntheticFrameworks.documents(checks: known + made) {
            let file = try OutputFile(path: path + "/" + fileName)
            try file.write(bytes)
            try file.close()
        }
        return own + [path]
    }
}
