/// The data of the repository's root, compiled into the program: checks, collectors and frameworks.
///
/// Each call takes the folder apart anew; keep what you need.
public enum MartletData {
    /// The shipped checks, `Checks/<provider>/<service>/<check>.yaml`.
    public static func checks() -> [EmbeddedFile] { PackedText.files(PackedData_checks.text) }

    /// The shipped collectors, `Collectors/<provider>/<service>.yaml`.
    public static func collectors() -> [EmbeddedFile] { PackedText.files(PackedData_collectors.text) }

    /// The shipped frameworks, `frameworks/<name>.json`.
    public static func frameworks() -> [EmbeddedFile] { PackedText.files(PackedData_frameworks.text) }
}
