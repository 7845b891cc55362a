import MartletCore
import MartletHTTPServer
import MartletPolicy
import MartletStore

/// The resource `compliance-requirements-attributes`: what a framework's file says of its requirements.
enum ComplianceAttributes {
    static func answer(_ context: RequestContext) async throws -> HTTPResponse {
        let query = context.query
        let id = query.text("compliance_id") ?? ""
        let (framework, provider) = try await context.store.readRetrying { reader in
            let scan = try query.text("scan_id").map { try context.scan($0, reader) }
            return (try reader.framework(id), scan?.scan.account.provider)
        }
        guard let framework else {
            throw APIError.notFound("There is no such framework; /api/v1/frameworks lists them.")
        }
        let page = Array(framework.requirements.dropFirst(query.page.offset).prefix(query.page.size))
        return context.answer(list: page, count: .exact(framework.requirements.count)) { requirement, writer in
            writer.resource(ResourceIdentifier(ComplianceEndpoints.attributes.type, requirement.id)) { resource in
                resource.attribute("compliance_name", framework.title)
                resource.attribute("framework_description", framework.description)
                resource.attribute("name", requirement.name)
                resource.attribute("framework", framework.name)
                resource.attribute("version", framework.version)
                resource.attribute("description", requirement.description)
                resource.attribute("attributes", value(requirement, provider))
            }
        }
    }

    private static func value(_ requirement: Requirement, _ provider: Provider?) -> JSONValue {
        var checks: Set<String> = []
        if let provider {
            checks = Set(requirement.checks(for: provider))
        } else {
            for mapped in requirement.checks.values { checks.formUnion(mapped) }
        }
        var members: [JSONValue.Member] = [
            .init("metadata", .array(requirement.attributes)),
            .init("check_ids", .array(checks.sorted().map { .string($0) })),
        ]
        if !requirement.techniqueURL.isEmpty || !requirement.tactics.isEmpty {
            members.append(
                .init(
                    "technique_details",
                    .object([
                        .init("tactics", .array(requirement.tactics.map { .string($0) })),
                        .init("subtechniques", .array(requirement.subTechniques.map { .string($0) })),
                        .init("platforms", .array(requirement.platforms.map { .string($0) })),
                        .init("technique_url", .string(requirement.techniqueURL)),
                    ])))
        }
        return .object(members)
    }
}
