extension IngestMemory {
    /// Takes in what a committed batch changed.
    mutating func apply(_ changes: BatchWriter.Changes, of batch: PreparedBatch) {
        for id in changes.seenFindings { seenFindings.insert(id) }
        for id in changes.seenResources { seenResources.insert(id) }
        for (id, replaced) in changes.replacedFindings {
            if replaced { replacedFindings.insert(id) } else { replacedFindings.remove(id) }
        }
        for (id, replaced) in changes.replacedResources {
            if replaced { replacedResources.insert(id) } else { replacedResources.remove(id) }
        }
        statedFindings?.keep(batch.findings)
        statedResources.keep(changes.statedResources)
        pairs.formUnion(changes.pairs)
        names = changes.names
        nextResource = changes.nextResource
        duplicates += changes.duplicates + Int64(batch.duplicates)
        read += Int64(batch.read)
        batches += 1
        opened += changes.opened
        if let time = batch.latest { latest = max(latest ?? time, time) }
    }
}
