/// What a password must be.
public enum PasswordRules {
    /// The number of characters: enough to be hard to guess, few enough for every client.
    public static let length = 12...72

    /// What is wrong with a password; empty when nothing is.
    ///
    /// - Parameter email: The user's, which must not be the password or in it.
    public static func problems(with password: String, email: String) -> [String] {
        var problems: [String] = []
        if !length.contains(password.count) {
            problems.append("A password has \(length.lowerBound) to \(length.upperBound) characters.")
        }
        if !password.contains(where: \.isUppercase) { problems.append("A password has a capital letter.") }
        if !password.contains(where: \.isLowercase) { problems.append("A password has a small letter.") }
        if !password.contains(where: \.isNumber) { problems.append("A password has a digit.") }
        if password.allSatisfy({ $0.isLetter || $0.isNumber }) {
            problems.append("A password has a character that is neither letter nor digit.")
        }
        let name = email.split(separator: "@").first.map(String.init) ?? email
        if name.count >= 4, password.lowercased().contains(name.lowercased()) {
            problems.append("A password does not contain the email.")
        }
        if password.utf8.contains(0) { problems.append("A password has no character 0.") }
        return problems
    }
}
