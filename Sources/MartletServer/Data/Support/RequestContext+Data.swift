import MartletCore
import MartletStore

extension RequestContext {
    /// Numbers of the accounts that the caller may see; nil for all.
    var visible: Set<Int64>? {
        get throws(APIError) {
            switch try principal.visibility {
            case .all: nil
            case .accounts(let numbers): numbers
            }
        }
    }

    /// The number of a visible account by its UUID.
    ///
    /// - Parameter pointer: The place to blame; nil for the path.
    func account(_ identifier: String, _ reader: StoreReader, pointer: String? = nil) throws -> AccountDetail {
        let found = try reader.accountDetails(try visible).first { $0.identifier == identifier.lowercased() }
        if let found { return found }
        var error = APIError.notFound("There is no provider \(identifier).")
        error.source = pointer.map { .pointer($0) }
        throw error
    }

    /// A scan of a visible account by its UUID.
    func scan(_ identifier: String, _ reader: StoreReader) throws -> ScanDetail {
        guard let scan = try reader.scanDetail(identifier, accounts: try visible) else {
            throw APIError.notFound("There is no scan \(identifier).")
        }
        return scan
    }

    /// The number of a page's entries as links tell it.
    func count(_ count: FindingCount) -> ListCount {
        count.isExact ? .exact(Int(count.count)) : .estimate(Int(count.count))
    }
}

extension JSONAPIQuery {
    /// The text of `filter[field]` under a comparison.
    func text(_ field: String, _ comparison: FilterSpec.Comparison = .equal) -> String? {
        values(field, comparison)?.first?.text
    }

    /// `true` or `false` of `filter[field]`.
    func flag(_ field: String) -> Bool? {
        if case .boolean(let value) = values(field)?.first { value } else { nil }
    }

    /// The moments that `filter[field]` and its `__gte`, `__lte` and `__date` allow; nil where none was given.
    func range(_ field: String) throws(APIError) -> ClosedRange<Timestamp>? {
        var low = Timestamp.range.lowerBound
        var high = Timestamp.range.upperBound
        var isGiven = false
        for filter in filters where filter.field == field {
            guard let start = filter.values.first?.start, let end = filter.values.first?.end else { continue }
            isGiven = true
            if filter.comparison != .atMost { low = max(low, start) }
            if filter.comparison != .atLeast { high = min(high, end) }
        }
        guard isGiven else { return nil }
        guard low <= high else {
            throw .parameter(
                "filter[\(field)]", "The filters of \(field) exclude each other: no moment is in all of them.")
        }
        return low...high
    }
}
