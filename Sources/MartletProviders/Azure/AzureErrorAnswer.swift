import MartletCore
import MartletHTTPClient

/// An answer with a status of an error, as Azure's services write it.
struct AzureErrorAnswer {
    let status: Int
    /// `error.code`; may be empty.
    let code: String
    /// `error.message`, cut short; may be empty.
    let message: String

    init(_ response: HTTPResponse) {
        status = response.status
        let document = try? JSONValue.parse(response.body, limit: 1 << 20)
        let error = document?["error"]?.objectValue != nil ? document?["error"] : document
        code = String((error?["code"]?.stringValue ?? "").prefix(100))
        let text = error?["message"]?.stringValue ?? ""
        message = String(text.prefix { !$0.isNewline }.prefix(300))
    }

    /// What it means for the checks that need the call.
    func failure(of call: AzureCall) -> CallFailure {
        let isSignIn = call.host == .devops && Self.signInStatuses.contains(status)
        return CallFailure(
            isSignIn ? .denied : kind, call: call.label, status: status, code: code, message: sentence,
            permission: call.permission)
    }

    /// Azure DevOps answers whom it does not know with its page to sign in: with status 203, or by leading there.
    static func asksToSignIn(_ response: HTTPResponse, _ call: AzureCall) -> Bool {
        call.host == .devops && signInStatuses.contains(response.status)
    }

    private static let signInStatuses: Set<Int> = [203, 302]

    /// The subscription has never used the service, so it has nothing of it.
    var saysNothingThere: Bool { status == 409 && code == "MissingSubscriptionRegistration" }

    private var kind: CallFailure.Kind {
        if Self.unsupportedCodes.contains(code) { return .unsupported }
        return switch status {
        case 401, 403: .denied
        case 404: .missing
        default: .errored
        }
    }

    private var sentence: String {
        let reason = [code, message].filter { !$0.isEmpty }.joined(separator: ": ")
        return "Azure answered \(status)" + (reason.isEmpty ? "." : " (\(reason)).")
    }

    private static let unsupportedCodes: Set<String> = [
        "Authentication_RequestFromNonPremiumTenantOrB2CTenant", "NonPremiumTenant", "AadPremiumLicenseRequired",
        "InvalidResourceType", "InvalidResourceNamespace", "NoRegisteredProviderFound",
    ]
}
