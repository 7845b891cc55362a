import MartletStore

/// A scan as `martlet scan` shows it: with what its job adds, if it has one.
struct ScanView {
    let scan: ScanRow
    let job: JobRow?
}
