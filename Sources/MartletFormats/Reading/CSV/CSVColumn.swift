/// The columns of Prowler's CSV that Martlet reads. Prowler writes more; others are passed over.
enum CSVColumn: String, CaseIterable {
    case timestamp = "TIMESTAMP"
    case accountUID = "ACCOUNT_UID"
    case accountName = "ACCOUNT_NAME"
    case organizationUID = "ACCOUNT_ORGANIZATION_UID"
    case organizationName = "ACCOUNT_ORGANIZATION_NAME"
    case provider = "PROVIDER"
    case checkID = "CHECK_ID"
    case checkTitle = "CHECK_TITLE"
    case checkType = "CHECK_TYPE"
    case status = "STATUS"
    case statusExtended = "STATUS_EXTENDED"
    case muted = "MUTED"
    case serviceName = "SERVICE_NAME"
    case subServiceName = "SUBSERVICE_NAME"
    case severity = "SEVERITY"
    case resourceType = "RESOURCE_TYPE"
    case resourceUID = "RESOURCE_UID"
    case resourceName = "RESOURCE_NAME"
    case resourceDetails = "RESOURCE_DETAILS"
    case resourceTags = "RESOURCE_TAGS"
    case partition = "PARTITION"
    case region = "REGION"
    case description = "DESCRIPTION"
    case risk = "RISK"
    case relatedURL = "RELATED_URL"
    case remediationText = "REMEDIATION_RECOMMENDATION_TEXT"
    case remediationURL = "REMEDIATION_RECOMMENDATION_URL"
    case codeNativeIaC = "REMEDIATION_CODE_NATIVEIAC"
    case codeTerraform = "REMEDIATION_CODE_TERRAFORM"
    case codeCLI = "REMEDIATION_CODE_CLI"
    case codeOther = "REMEDIATION_CODE_OTHER"
    case compliance = "COMPLIANCE"
    case categories = "CATEGORIES"
    case dependsOn = "DEPENDS_ON"
    case relatedTo = "RELATED_TO"
    case notes = "NOTES"
    case additionalURLs = "ADDITIONAL_URLS"

    /// Without these a row has no identity, status or time.
    static let required: [CSVColumn] = [
        .timestamp, .accountUID, .provider, .checkID, .status, .severity, .resourceUID, .resourceName, .region,
    ]

    /// What makes up a check's metadata.
    static let ofCheck: [CSVColumn] = [
        .checkTitle, .checkType, .serviceName, .subServiceName, .description, .risk, .relatedURL, .remediationText,
        .remediationURL, .codeNativeIaC, .codeTerraform, .codeCLI, .codeOther, .compliance, .categories, .dependsOn,
        .relatedTo, .notes, .additionalURLs,
    ]

    /// Reads a header's name, in any case, quoted or not.
    init?(header: some StringProtocol) {
        var name = header[...]
        while let last = name.last, last == " " || last == "\"" { name = name.dropLast() }
        name = name.drop { $0 == " " || $0 == "\"" }
        guard name.utf8.count <= 64 else { return nil }
        self.init(rawValue: name.uppercased())
    }
}
