import Glibc
import MartletCore
import MartletGenerator

/// `martlet-bench sample DIR`: the files of the sample account.
enum SampleCommand {
    static func run(_ operands: [String]) throws {
        guard operands.count == 1, let folder = operands.first, !folder.hasPrefix("-") else {
            throw MartletError(.usage, "expected one folder: martlet-bench sample DIR")
        }
        guard mkdir(folder, 0o755) == 0 || errno == EEXIST else {
            throw MartletError(.io, String(cString: strerror(errno)), place: folder)
        }
        let estate = SampleEstate()
        for scan in estate.scans {
            let file = try OutputFile(path: folder + "/" + scan.fileName)
            try file.write(estate.file(of: scan))
            try file.close()
        }
    }
}
