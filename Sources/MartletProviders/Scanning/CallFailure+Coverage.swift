import MartletCore

extension CallFailure {
    /// What the failure means for the coverage of checks that need the call.
    var state: CoverageState {
        switch kind {
        case .denied: .denied
        case .unsupported: .unsupported
        case .missing, .errored, .cancelled: .errored
        }
    }

    /// The reason as coverage gives it.
    var gap: CoverageGap {
        CoverageGap(call: call, permission: kind == .denied ? permission : "", message: message)
    }
}
