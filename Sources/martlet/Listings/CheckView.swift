import MartletCore
import MartletPolicy

extension CheckLibrary.Entry {
    /// For a person.
    var details: DetailPrinter {
        var details = DetailPrinter()
        details.add("Check", definition.id, style: .bold)
        details.add("Title", definition.title)
        details.add("Aliases", definition.aliases.joined(separator: ", "))
        details.add("Provider", definition.provider.name)
        details.add("Service", definition.service)
        details.add("Severity", definition.severity.name)
        details.add("Categories", definition.categories.joined(separator: ", "))
        details.add("Origin", origin == .shipped ? "shipped" : "your own")
        details.add("Resource type", definition.resourceType)
        details.add("Description", definition.description)
        details.add("Risk", definition.risk)
        details.add("Remediation", definition.remediation.text)
        details.add("Command", definition.remediation.cli?.source)
        details.add("Terraform", definition.remediation.terraform)
        details.add("References", definition.references.joined(separator: "\n"))
        details.add("Notes", definition.notes)
        details.add("Collector", ([definition.resource] + definition.needs.map { "+ \($0)" }).joined(separator: " "))
        for data in definition.data { details.add("With", "\(data.name): \(data.collector)") }
        for parameter in definition.parameters {
            let value = parameters[parameter.name] ?? parameter.defaultValue
            details.add("Parameter", "\(parameter.name) = \(value.text): \(parameter.description)")
        }
        details.add("Applies when", definition.when?.source)
        if let each = definition.each { details.add("For each", "\(each.name) in \(each.list.source)") }
        for binding in definition.bindings { details.add("Let", "\(binding.name) = \(binding.expression.source)") }
        details.add("Passes when", definition.pass?.source)
        for condition in definition.fail { details.add("Fails when", condition.expression.source) }
        for condition in definition.manual { details.add("Manual when", condition.expression.source) }
        for example in definition.examples {
            details.add("Example", "\(example.name) (\(example.kind.rawValue)): \(example.verdict.rawValue)")
        }
        return details
    }
}

extension JSONWriter {
    /// The members of a check.
    mutating func check(_ entry: CheckLibrary.Entry) {
        let check = entry.definition
        field("check", check.id)
        field("title", check.title)
        field("provider", check.provider.name)
        field("service", check.service)
        field("severity", check.severity.name)
        field("origin", entry.origin.rawValue)
        field("aliases", check.aliases)
        field("categories", check.categories)
        field("resource_type", check.resourceType)
        field("description", check.description)
        field("risk", check.risk)
        field("remediation", check.remediation.text)
        field("cli", check.remediation.cli?.source)
        said("terraform", check.remediation.terraform)
        field("references", check.references)
        said("notes", check.notes)
        field("collector", check.resource)
        field("children", check.needs)
        field("collectors", check.data.map(\.collector))
        key("parameters")
        beginArray()
        for parameter in check.parameters {
            beginObject()
            field("name", parameter.name)
            field("type", parameter.type.rawValue)
            field("description", parameter.description)
            field("default", parameter.defaultValue)
            field("value", entry.parameters[parameter.name] ?? parameter.defaultValue)
            endObject()
        }
        endArray()
        field("examples", check.examples.count)
    }
}
