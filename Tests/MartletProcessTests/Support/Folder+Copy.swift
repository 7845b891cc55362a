import Foundation
import MartletProgram

extension Folder {
    /// A new folder with a copy of the store in another.
    convenience init(copyingStoreOf other: URL) throws {
        try self.init()
        let home = other.appendingPathComponent("home").path
        if FileManager.default.fileExists(atPath: home) {
            try FileManager.default.copyItem(atPath: home, toPath: path("home"))
        }
    }
}
