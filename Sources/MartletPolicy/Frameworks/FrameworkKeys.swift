/// The keys of the two forms; what is not among them is kept but has no meaning.
struct FrameworkKeys: Sendable {
    let framework: String
    let title: String
    let provider: String
    let version: String
    let description: String
    let requirements: String
    let id: String
    let name: String
    let attributes: String
    let checks: String
    let constraints: String
    let tactics: String
    let subTechniques: String
    let platforms: String
    let techniqueURL: String

    static func keys(of form: FrameworkForm) -> FrameworkKeys { form == .legacy ? legacy : universal }

    static let legacy = FrameworkKeys(
        framework: "Framework", title: "Name", provider: "Provider", version: "Version", description: "Description",
        requirements: "Requirements", id: "Id", name: "Name", attributes: "Attributes", checks: "Checks",
        constraints: "ConfigRequirements", tactics: "Tactics", subTechniques: "SubTechniques", platforms: "Platforms",
        techniqueURL: "TechniqueURL")

    static let universal = FrameworkKeys(
        framework: "framework", title: "name", provider: "provider", version: "version", description: "description",
        requirements: "requirements", id: "id", name: "name", attributes: "attributes", checks: "checks",
        constraints: "config_requirements", tactics: "tactics", subTechniques: "sub_techniques",
        platforms: "platforms", techniqueURL: "technique_url")

    static let attributesMetadata = "attributes_metadata"
    static let outputs = "outputs"
    static let icon = "icon"

    /// The keys a framework may have.
    func ofFramework(_ form: FrameworkForm) -> Set<String> {
        var keys: Set = [framework, title, provider, version, description, requirements]
        if form == .universal { keys.formUnion([Self.attributesMetadata, Self.outputs, Self.icon]) }
        return keys
    }

    /// The keys a requirement may have.
    var ofRequirement: Set<String> {
        [
            id, name, description, attributes, checks, constraints, tactics, subTechniques, platforms, techniqueURL,
        ]
    }

    /// The keys a config constraint may have; the same in both forms.
    static let ofConstraint: Set = ["Check", "ConfigKey", "Operator", "Value", "Provider"]
}
