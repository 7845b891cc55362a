import MartletFormats
import MartletPolicy
import MartletStore

extension StoreReader {
    /// The tenant's checks: shipped ones, its own, and the parameters it has changed.
    public func checkLibrary() throws -> CheckLibrary {
        try CheckLibrary.load(files: try tenantChecks().map(\.files), parameters: try checkParameters())
    }
}
