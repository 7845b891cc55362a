extension CELValue {
    /// The failure that the value is or has in it; nil when there is none.
    var innerFailure: String? {
        switch self {
        case .failure(let reason): reason
        case .list(let list): list.failure
        case .map(let map): map.failure
        case .optional(let optional): optional.value?.innerFailure
        default: nil
        }
    }

    /// The value, unless it is a failure.
    @inline(__always)
    func read(_ offset: Int32) throws(CELFault) -> CELValue {
        if case .failure(let reason) = self { throw CELFault(.given, reason, offset: Int(offset)) }
        return self
    }

    /// The value, unless it is a failure or has one in it.
    @inline(__always)
    func readWhole(_ offset: Int32) throws(CELFault) -> CELValue {
        // Most values are read here that hold nothing: not even a look for it is made.
        switch self {
        case .failure, .list, .map, .optional:
            if let reason = innerFailure { throw CELFault(.given, reason, offset: Int(offset)) }
        default: break
        }
        return self
    }
}
