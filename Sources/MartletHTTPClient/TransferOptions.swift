import CCurl

/// Sets options of one of curl's handles, and remembers whether all of them were taken.
struct TransferOptions {
    private let handle: UnsafeMutableRawPointer
    /// Whether curl has taken every option.
    private(set) var isGood = true

    init(_ handle: UnsafeMutableRawPointer) { self.handle = handle }

    mutating func number(_ option: CURLoption, _ value: Int) {
        note(martlet_curl_set_long(handle, option, value))
    }

    mutating func offset(_ option: CURLoption, _ value: Int) {
        note(martlet_curl_set_offset(handle, option, curl_off_t(value)))
    }

    /// Curl keeps a copy.
    mutating func text(_ option: CURLoption, _ value: String) {
        note(martlet_curl_set_text(handle, option, value))
    }

    /// Curl keeps a copy, of the length that was set before.
    mutating func bytes(_ option: CURLoption, _ value: [UInt8]) {
        var value = value
        value.withUnsafeMutableBytes { buffer in
            // No bytes have no address; an empty text has.
            if let start = buffer.baseAddress {
                note(martlet_curl_set_pointer(handle, option, start))
            } else {
                note(martlet_curl_set_text(handle, option, ""))
            }
        }
    }

    mutating func pointer(_ option: CURLoption, _ value: UnsafeMutableRawPointer) {
        note(martlet_curl_set_pointer(handle, option, value))
    }

    mutating func function(_ option: CURLoption, _ function: @escaping martlet_curl_data_function) {
        note(martlet_curl_set_data_function(handle, option, function))
    }

    mutating func socketFunction(_ function: @escaping martlet_curl_socket_function) {
        note(martlet_curl_set_socket_function(handle, function))
    }

    /// The list that curl uses, to be freed after the handle.
    mutating func list(_ option: CURLoption, _ lines: [String]) -> UnsafeMutablePointer<curl_slist>? {
        var list: UnsafeMutablePointer<curl_slist>?
        for line in lines {
            guard let longer = curl_slist_append(list, line) else {
                isGood = false
                return list
            }
            list = longer
        }
        note(martlet_curl_set_list(handle, option, list))
        return list
    }

    private mutating func note(_ code: CURLcode) { if code != CURLE_OK { isGood = false } }
}
