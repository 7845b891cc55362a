import MartletCEL
import MartletCore

/// What the benchmark of expressions evaluates: a predicate of four comparisons over a resource of 2 KiB.
struct ExpressionSubject {
    static let source = """
        resource.properties.supportsHttpsTrafficOnly == true && resource.properties.minimumTlsVersion == "TLS1_2" \
        && resource.location == "westeurope" && resource.sku.tier != "Premium"
        """

    let program: CELProgram
    let bindings: CELBindings
    let resource: CELValue
    let json: [UInt8]

    init() throws {
        let environment = CELEnvironment(variables: [CELVariable("resource")])
        json = Self.document
        resource = try CELValue.parse(json: json)
        program = try CELProgram(Self.source, environment: environment)
        bindings = environment.bindings(["resource": resource])
    }

    /// The same predicate as a person writes it in Swift.
    @inline(never)
    static func byHand(_ resource: CELValue) -> Bool {
        guard case .map(let fields) = resource, case .map(let properties)? = fields["properties"],
            case .map(let sku)? = fields["sku"]
        else { return false }
        return properties["supportsHttpsTrafficOnly"] == .bool(true)
            && properties["minimumTlsVersion"] == .string("TLS1_2")
            && fields["location"] == .string("westeurope") && sku["tier"] != .string("Premium")
    }

    /// A made-up storage account in the shape in which Azure gives one.
    private static var document: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        let id = "/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/accounts/providers/"
        writer.field("id", id + "Microsoft.Storage/storageAccounts/invoices2026")
        writer.field("name", "invoices2026")
        writer.field("type", "Microsoft.Storage/storageAccounts")
        writer.field("location", "westeurope")
        writer.field("kind", "StorageV2")
        writer.key("sku")
        writer.beginObject()
        writer.field("name", "Standard_GRS")
        writer.field("tier", "Standard")
        writer.endObject()
        writer.key("tags")
        writer.beginObject()
        for index in 1...8 { writer.field("tag-number-\(index)", "the value of tag \(index)") }
        writer.endObject()
        writer.key("properties")
        properties(&writer, id)
        writer.endObject()
        return writer.takeBytes()
    }

    private static func properties(_ writer: inout JSONWriter, _ id: String) {
        writer.beginObject()
        writer.field("provisioningState", "Succeeded")
        writer.field("creationTime", "2026-02-03T04:05:06.7890123Z")
        writer.field("accessTier", "Hot")
        writer.field("statusOfPrimary", "available")
        writer.field("primaryLocation", "westeurope")
        writer.field("secondaryLocation", "northeurope")
        writer.field("allowBlobPublicAccess", false)
        writer.field("allowSharedKeyAccess", true)
        writer.field("publicNetworkAccess", "Enabled")
        writer.field("minimumTlsVersion", "TLS1_2")
        writer.field("supportsHttpsTrafficOnly", true)
        writer.key("networkAcls")
        writer.beginObject()
        writer.field("bypass", "AzureServices")
        writer.field("defaultAction", "Deny")
        writer.key("ipRules")
        writer.beginArray()
        for index in 1...6 {
            writer.beginObject()
            writer.field("value", "192.0.2.\(index)")
            writer.field("action", "Allow")
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        writer.key("primaryEndpoints")
        writer.beginObject()
        for service in ["blob", "dfs", "file", "queue", "table", "web"] {
            writer.field(service, "https://invoices2026.\(service).core.windows.net/")
        }
        writer.endObject()
        writer.key("encryption")
        writer.beginObject()
        writer.field("keySource", "Microsoft.Keyvault")
        writer.field("identity", id + "Microsoft.ManagedIdentity/userAssignedIdentities/invoices")
        writer.endObject()
        writer.endObject()
    }
}
