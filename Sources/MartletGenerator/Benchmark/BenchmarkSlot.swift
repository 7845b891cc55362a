/// The gaps of a benchmark finding's template.
enum BenchmarkSlot: Int, CaseIterable {
    case detail
    case statusCode
    case region
    case name
    case hex
    case created
    case environment
    case team
    case costCenter
    case application

    var marker: String { ByteTemplate.marker(rawValue) }
}
