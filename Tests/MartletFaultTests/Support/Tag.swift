import MartletCore

/// Swift Testing has tags, too.
typealias Tag = MartletCore.Tag
