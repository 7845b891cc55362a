import MartletCore
import MartletPolicy

extension StoreReader {
    /// Mutes of an origin, disabled ones too, the oldest first.
    ///
    /// - Parameter isCounted: Whether it is counted what each covers; otherwise ``MuteRuleRow/findings`` is 0.
    public func muteRules(_ origin: MuteOrigin, isCounted: Bool = true) throws -> [MuteRuleRow] {
        let counts = isCounted ? try mutedFindings() : [:]
        var rows: [MuteRuleRow] = []
        try connection.query(
            """
            SELECT rule, name, disabled, created_at, updated_at, created_by FROM mutes
            WHERE tenant = $1 AND origin = $2 ORDER BY created_at, id
            """, [.int(tenant), .text(origin.rawValue)]
        ) { row in
            let rule = try MuteRule(json: try JSONValue.parse(row.text(0)))
            rows.append(
                MuteRuleRow(
                    rule: rule, name: row.optionalText(1) ?? rule.id, isEnabled: row.int(2) == 0,
                    createdAt: row.time(3), updatedAt: row.optionalTime(4) ?? row.time(3),
                    createdBy: row.optionalText(5), findings: counts[rule.id] ?? 0))
        }
        return rows
    }
}
