extension AttributeShape {
    /// The shapes in use; the last takes everything that is optional there.
    static let known: [AttributeShape] = [
        cis, ens, iso27001, wellArchitected, kisa, threatScore, ccc, c5, csaCCM, essentialEight, stig, mitre, generic,
    ]

    private init(_ name: String, _ required: String, optional: String = "") {
        self.init(name: name, required: Self.fields(required), optional: Self.fields(optional))
    }

    /// Keys separated by spaces; `#` marks a number, `[]` a list.
    private static func fields(_ text: String) -> [String: Kind] {
        var fields: [String: Kind] = [:]
        for word in text.split(separator: " ") {
            if word.hasSuffix("[]") {
                fields[String(word.dropLast(2))] = .list
            } else if word.hasSuffix("#") {
                fields[String(word.dropLast())] = .number
            } else {
                fields[String(word)] = .text
            }
        }
        return fields
    }

    private static let cis = AttributeShape(
        "CIS",
        "Section Profile AssessmentStatus Description RationaleStatement ImpactStatement RemediationProcedure "
            + "AuditProcedure AdditionalInformation References",
        optional: "SubSection DefaultValue")
    private static let ens = AttributeShape(
        "ENS",
        "IdGrupoControl Marco Categoria DescripcionControl Tipo Nivel Dimensiones[] ModoEjecucion Dependencias[]")
    private static let iso27001 = AttributeShape("ISO 27001", "Category Objetive_ID Objetive_Name Check_Summary")
    private static let wellArchitected = AttributeShape(
        "AWS Well-Architected",
        "Name WellArchitectedQuestionId WellArchitectedPracticeId Section LevelOfRisk AssessmentMethod Description "
            + "ImplementationGuidanceUrl",
        optional: "SubSection")
    private static let kisa = AttributeShape(
        "KISA ISMS-P", "Domain Subdomain Section",
        optional: "AuditChecklist[] RelatedRegulations[] AuditEvidence[] NonComplianceCases[]")
    private static let threatScore = AttributeShape(
        "ThreatScore",
        "Title Section SubSection AttributeDescription AdditionalInformation LevelOfRisk# Weight#")
    private static let ccc = AttributeShape(
        "CCC",
        "FamilyName FamilyDescription Section SubSection SubSectionObjective Applicability[] Recommendation "
            + "SectionThreatMappings[] SectionGuidelineMappings[]")
    private static let c5 = AttributeShape("C5", "Section SubSection Type AboutCriteria ComplementaryCriteria")
    private static let csaCCM = AttributeShape("CSA CCM", "Section CCMLite IaaS PaaS SaaS ScopeApplicability[]")
    private static let essentialEight = AttributeShape(
        "ASD Essential Eight",
        "Section MaturityLevel AssessmentStatus CloudApplicability MitigatedThreats[] Description RationaleStatement "
            + "ImpactStatement RemediationProcedure AuditProcedure AdditionalInformation References")
    private static let stig = AttributeShape(
        "STIG", "Section Severity RuleID StigID", optional: "CCI[] CheckText FixText")
    /// The service's key depends on the provider; the three are told apart by no one.
    private static let mitre = AttributeShape(
        "MITRE ATT&CK", "Category Value Comment", optional: "AWSService AzureService GCPService")
    private static let generic = AttributeShape(
        "generic", "", optional: "ItemId Section SubSection SubGroup Service Type Comment")
}
