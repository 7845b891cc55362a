import MartletCore

extension IngestMemory {
    /// Takes in statements that the source repeats word for word: their findings and resources are seen. Gives back those
    /// whose finding or resource another statement of this scan has changed; they have to be merged.
    mutating func take(_ statements: [RecognisedStatement]) -> [RecognisedStatement] {
        var changed: [RecognisedStatement] = []
        var pair = (check: Int32(-1), regions: Int32(-1))
        for statement in statements {
            let known = statement.known
            if known.check != pair.check { recognisedChecks.insert(Int64(known.check)) }
            if (known.check, known.regions) != pair {
                pair = (known.check, known.regions)
                pairs.insert(CheckRegions(check: Int64(pair.check), regions: Int64(pair.regions)))
            }
            if replacedFindings.contains(known.finding) || replacedResources.contains(known.resource) {
                changed.append(statement)
                continue
            }
            read += 1
            latest = max(latest ?? statement.observedAt, statement.observedAt)
            if !seenFindings.insert(known.finding) { duplicates += 1 }
            seenResources.insert(known.resource)
        }
        return changed
    }
}
