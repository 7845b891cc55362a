import MartletCore
import MartletEngine
import MartletStore

extension APIError {
    /// What the error of a lower layer is for a client. Errors of the store and of files say nothing of the inside; a place
    /// that is a JSON pointer becomes the source.
    public init(_ error: MartletError) {
        switch error.code {
        case .invalidInput, .usage: self = APIError(status: 400, code: "invalid", detail: error.message)
        case .notFound: self = .notFound(error.message)
        case .conflict, .leaseLost: self = .conflict(error.message)
        case .stale: self = .conflict(error.message)
        case .limit: self = APIError(status: 422, code: "limit", detail: error.message)
        case .cancelled: self = .unavailable("The work was ended before it was done.")
        case .database: self = .unavailable("The database does not answer as it should; try again.")
        case .unauthenticated: self = .unauthenticated(error.message, code: "authentication_failed")
        case .forbidden: self = .forbidden(error.message)
        case .cursorExpired: self = .expiredCursor(error.message)
        case .gone: self = APIError(status: 410, code: "gone", detail: error.message)
        case .throttled: self = .throttled(seconds: 1, error.message)
        default: self = .fault
        }
        guard status < 500, let place = error.place else { return }
        if place.hasPrefix("/data") {
            source = .pointer(place)
            // What a document names and is not there is a fault of the document, not of the address.
            if status == 404 { (status, code) = (400, "does_not_exist") }
        } else if place == "invitation_token" {
            source = .parameter(place)
            if status == 404 { (status, code) = (400, "does_not_exist") }
        }
    }
}
