import CSimdJSON
import MartletCore

/// One of the things a finding is about: a resource and the regions it is named in.
struct FindingSubject {
    var resource: ResourceObservation
    /// Sorted, without repetition.
    var regions: [String]

    /// Two statements of one element about the same resource, as one: the smallest text that is not empty of each
    /// attribute, all tags, all regions.
    mutating func merge(_ other: FindingSubject) {
        resource.type = Self.smaller(resource.type, other.resource.type)
        resource.service = Self.smaller(resource.service, other.resource.service)
        resource.partition = Self.smaller(resource.partition, other.resource.partition)
        resource.data = Self.smaller(resource.data, other.resource.data)
        if resource.tags != other.resource.tags {
            resource.tags = Set(resource.tags).union(other.resource.tags).sorted()
        }
        if regions != other.regions { regions = Set(regions).union(other.regions).sorted() }
        resource.region = regions.first ?? ""
    }

    private static func smaller(_ first: String, _ second: String) -> String {
        if first.isEmpty || second.isEmpty { return first.isEmpty ? second : first }
        return min(first, second)
    }
}

extension martlet_finding {
    /// What the finding is about; the same resource (uid and name) once.
    func readSubjects() -> [FindingSubject] {
        var subjects: [FindingSubject] = []
        subjects.reserveCapacity(resource_count)
        guard resource_count > 1 else {
            for resource in UnsafeBufferPointer(start: resources, count: resource_count) {
                subjects.append(subject(of: resource))
            }
            return subjects
        }
        var positions: [[String]: Int] = [:]
        for resource in UnsafeBufferPointer(start: resources, count: resource_count) {
            let subject = subject(of: resource)
            let identity = [subject.resource.uid, subject.resource.name]
            if let position = positions[identity] {
                subjects[position].merge(subject)
            } else {
                positions[identity] = subjects.count
                subjects.append(subject)
            }
        }
        return subjects
    }

    private func subject(of resource: martlet_finding_resource) -> FindingSubject {
        let named = UnsafeBufferPointer(start: regions, count: resource.first_region + resource.region_count)
        let regions = named[resource.first_region...].map(\.string)
        let tagged = UnsafeBufferPointer(start: tags, count: resource.first_tag + resource.tag_count)
        let observation = ResourceObservation(
            uid: resource.uid.string, name: resource.name.string, type: resource.type.string,
            service: resource.service.string, region: regions.first ?? "", partition: resource.partition.string,
            data: resource.data.string,
            tags: tagged[resource.first_tag...].map { Tag(key: $0.key.string, value: $0.value.string) })
        return FindingSubject(resource: observation, regions: regions)
    }
}
