/// Who the scanner is.
public enum AzureCredential: Sendable {
    /// An application with a client secret.
    case clientSecret(tenant: String, client: String, secret: SecretText)
    /// An application with a certificate: PEM with the private key and the certificate, in any order.
    case certificate(tenant: String, client: String, pem: SecretText)
    /// The identity of the machine or of App Service; `client` is that of a user-assigned one.
    case managedIdentity(client: String?)
    /// An application that trusts tokens of another issuer, such as Kubernetes; the token is read anew from its file.
    case workloadIdentity(tenant: String, client: String, tokenFile: String)
    /// Whoever has signed in with Azure's command line.
    case commandLine(tenant: String?)
    /// A ready token for every audience (`AZURE_ACCESS_TOKEN`).
    case token(SecretText)
}
