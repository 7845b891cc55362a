import MartletCore

extension MartletError {
    /// Nothing is added to a tenant any more once its removal has been asked for.
    public static let tenantInRemoval = MartletError(
        .conflict, "The tenant is being removed; nothing in it can be changed any more.")
}
