import MartletCore
import MartletHTTPClient

/// What an endpoint of tokens answers.
enum TokenAnswer {
    /// The token of an answer.
    ///
    /// - Throws: ``MartletError``: `denied` when the credentials are refused, with the code that Microsoft documents;
    ///   `io` when no token came for other reasons.
    static func token(_ response: HTTPResponse, from place: String) throws(MartletError) -> AccessToken {
        let document = try? JSONValue.parse(response.body, limit: 1 << 20)
        if response.status == 200, let text = document?["access_token"]?.stringValue, isToken(text) {
            return AccessToken(text, lifetime: .seconds(lifetime(document)))
        }
        let code = document?["error"]?.stringValue ?? ""
        let details = Self.code(document?["error_description"]?.stringValue ?? "")
        let reason = [code, details].filter { !$0.isEmpty }.joined(separator: ", ")
        guard (400...403).contains(response.status) else {
            throw MartletError(.io, "No access token came (status \(response.status)); try again.", place: place)
        }
        throw MartletError(
            .denied,
            "Azure refuses the credentials (\(reason.isEmpty ? "status \(response.status)" : reason)). Check tenant id, "
                + "client id and what goes with them.", place: place)
    }

    /// Nothing that would break a header's line.
    static func isToken(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { $0 > 32 && $0 < 127 }
    }

    private static func lifetime(_ document: JSONValue?) -> Int64 {
        let value = document?["expires_in"]
        // Some endpoints write the number as text.
        let seconds = value?.intValue ?? value?.stringValue.flatMap { Int64($0) } ?? 3_600
        return min(max(seconds, 60), 86_400 * 7)
    }

    /// `AADSTS7000215` out of a description, which also has names and times that need not stand in logs.
    private static func code(_ text: String) -> String {
        text.hasPrefix("AADSTS") ? String(text.prefix { $0 != ":" }.prefix(20)) : ""
    }
}
