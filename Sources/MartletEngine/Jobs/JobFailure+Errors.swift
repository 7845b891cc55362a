import MartletCore

extension JobFailure {
    /// A runner's error as everybody may read it, and whether another attempt may do better.
    static func of(_ error: any Error) -> (failure: JobFailure, isTransient: Bool) {
        guard let error = error as? MartletError else {
            let message = "The work ended by an unexpected error; the worker's log tells more under the job's id."
            return (JobFailure(code: "internal", message: message), true)
        }
        return (JobFailure(code: error.code.name, message: error.description), isTransient(error.code))
    }

    /// What was asked for stays wrong however often it is tried, and so does a scanner that reached a limit of its source or
    /// left nothing to read; what failed around it, or a scanner that failed itself, may be better next time.
    private static func isTransient(_ code: MartletError.Code) -> Bool {
        switch code {
        case .invalidInput, .usage, .notFound, .denied, .stale, .secretTampered: false
        case .externalMissing, .externalTimeout, .externalFlooded, .externalNoOutput: false
        default: true
        }
    }
}
