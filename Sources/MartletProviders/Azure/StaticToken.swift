/// One ready token for every audience; nobody knows how long it holds.
struct StaticToken: TokenSource {
    let text: SecretText

    func token(for audience: String) async throws -> AccessToken { AccessToken(text.text, lifetime: .seconds(86_400)) }
}
