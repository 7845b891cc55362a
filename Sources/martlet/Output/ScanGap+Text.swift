import MartletCore
import MartletStore

extension ScanGap {
    /// `Denied`, `Errored`, `Unsupported`, `Skipped`.
    var title: String { state.name.prefix(1).uppercased() + state.name.dropFirst() }

    /// Why, and which checks it kept from being evaluated, in one line.
    var sentence: String {
        var parts: [String] = []
        if !gap.call.isEmpty { parts.append(gap.call + ":") }
        parts.append(gap.message)
        if !gap.permission.isEmpty, state == .denied { parts.append("Needed is \(gap.permission).") }
        if !regions.isEmpty { parts.append("In \(Self.some(regions, "regions")).") }
        parts.append("Not evaluated: \(Self.some(checks, "checks")).")
        return parts.joined(separator: " ")
    }

    private static func some(_ names: [String], _ what: String) -> String {
        guard names.count > 4 else { return names.joined(separator: ", ") }
        return names.prefix(3).joined(separator: ", ") + " and \(names.count - 3) more \(what)"
    }
}
