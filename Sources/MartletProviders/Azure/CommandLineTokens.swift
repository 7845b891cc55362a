import Glibc
import MartletCore

/// Tokens of whoever has signed in with Azure's command line (`az account get-access-token`).
struct CommandLineTokens: TokenSource {
    let tenant: String?
    /// The program, by its name on `PATH` or by its path.
    var program = "az"
    /// Seconds that it may take.
    var timeout = 60

    func token(for audience: String) async throws -> AccessToken {
        // Azure DevOps is named by its application's id, everything else by its URL.
        var arguments = [program, "account", "get-access-token", "--output", "json", "--resource", audience]
        if let tenant { arguments += ["--tenant", tenant] }
        let output = try await ToolOutput.of(arguments, timeout: timeout)
        guard let document = try? JSONValue.parse(output, limit: 1 << 20),
            let text = document["accessToken"]?.stringValue, TokenAnswer.isToken(text)
        else {
            throw MartletError(
                .denied, "Azure's command line gave no access token. Sign in with 'az login' and try again.",
                place: "az")
        }
        // Newer ones give seconds since 1970; older ones a local time, which is not relied upon.
        let now = Int64(time(nil))
        let expires = document["expires_on"]?.intValue ?? now + 600
        guard expires > now else {
            throw MartletError(
                .denied, "Azure's command line gave an access token that has ended. Sign in anew with 'az login'.",
                place: "az")
        }
        return AccessToken(text, lifetime: .seconds(min(expires - now, 86_400)))
    }
}
