import MartletCEL
import Testing

@Suite("CEL functions of text")
struct TextFunctionTests {
    static let examples: [Example] = [
        Example("'hello'.startsWith('he') && 'hello'.endsWith('lo') && 'hello'.contains('ell')", "true"),
        Example("'a'.startsWith('ab') || 'a'.endsWith('ab') || 'a'.contains('ab')", "false"),
        Example("'é'.startsWith('e')", "false"), Example("'aaab'.contains('aab')", "true"), Example("size('é😀')", "2"),
        Example("'é😀'.charAt(1)", "😀"), Example("'a'.charAt(1)", ""), Example("'a'.charAt(2)", "failure value"),
        Example("'tacocat'.indexOf('a', 3)", "5"), Example("'a'.indexOf('b')", "-1"), Example("''.indexOf('')", "0"),
        Example("'a'.indexOf('', 2)", "failure value"), Example("'tacocat'.lastIndexOf('a')", "5"),
        Example("'tacocat'.lastIndexOf('a', 3)", "1"), Example("'abc'.lastIndexOf('')", "3"),
        Example("'a'.lastIndexOf('ab')", "-1"),
        Example("'ababa'.lastIndexOf('aba', 1)", "0"), Example("'hello'.substring(1, 3)", "el"),
        Example("'hello'.substring(5)", ""),
        Example("'hello'.substring(3, 1)", "failure value"), Example("'hello'.substring(-1)", "failure value"),
        Example("'aXbX'.replace('X', 'yy')", "ayybyy"), Example("'aXbX'.replace('X', '', 1)", "abX"),
        Example("'ab'.replace('', '-')", "-a-b-"), Example("'aaa'.replace('aa', 'b')", "ba"),
        Example("'aX'.replace('X', 'y', 0)", "aX"),
        Example("'a,b,'.split(',')", "[a, b, ]"), Example("'a,b,c'.split(',', 2)", "[a, b,c]"),
        Example("'a'.split(',', 0)", "[]"),
        Example("'abc'.split('')", "[a, b, c]"), Example("''.split(',') == ['']", "true"),
        Example("['a', 'b'].join('-')", "a-b"),
        Example("[].join()", ""), Example("dyn([1]).join()", "failure type"), Example("'ÄbC'.lowerAscii()", "Äbc"),
        Example("'äbC'.upperAscii()", "äBC"), Example("' \\t\\u00a0x '.trim()", "x"), Example("'  '.trim()", ""),
        Example("'añ😀'.reverse()", "😀ña"), Example("strings.quote('a\"\\n')", "\"a\\\"\\n\""),
        Example(
            "'%s is %d, %.2f, %x, %b, %o, %e, %%'.format(['a', 5, 1.005, 255, 5, 8, 1234.5])",
            "a is 5, 1.00, ff, 101, 10, 1.234500e+03, %"),
        Example("'%X %x'.format(['hi', b'hi'])", "6869 6869"),
        Example("'%s'.format([[1.5, 'a', null, {'k': true}]])", "[1.5, a, null, {k: true}]"),
        Example("'%s'.format([{2: 'b', 1: 'a'}])", "{1: a, 2: b}"), Example("'%x'.format([-255])", "-ff"),
        Example("'%d'.format(['a'])", "failure type"), Example("'%d'.format([])", "failure value"),
        Example("'%y'.format([1])", "failure value"),
        Example("'%'.format([1])", "failure value"), Example("'%.101f'.format([1.0])", "failure value"),
        Example("'%.100f'.format([1e308]).size()", "410"),
        Example("string(1.0) + string(1e21) + string(0.5) + string(-0.0)", "11e+210.5-0"),
        Example("string(true) + string(1u) + string(b'a')", "true1a"), Example("string(b'\\xff')", "failure value"),
        Example("bytes('é').size()", "2"), Example("base64.encode(b'hello')", "aGVsbG8="),
        Example("base64.decode('aGVsbG8')", "hello"),
        Example("base64.decode('a')", "failure value"), Example("base64.decode('aGVs!G8=')", "failure value"),
        Example("base64.encode(b'')", ""),
        Example("wildcard('s3:GetObject', 's3:Get*') && wildcard('abc', 'a?c') && wildcard('', '*')", "true"),
        Example("wildcard('abc', 'a*d') || wildcard('abc', 'ab') || wildcard('a', '??')", "false"),
        Example("wildcard('xaxbxc', '*a*b*c')", "true"),
    ]

    @Test(arguments: examples)
    func works(example: Example) { example.check() }

    static let conversions: [Example] = [
        Example("int('42') + int(4.9) + int(3u) + int(timestamp(7))", "56"), Example("int(-1.9)", "-1"),
        Example("int('4x')", "failure value"),
        Example("int(1e19)", "failure value"), Example("int(9223372036854775807.0)", "failure value"),
        Example("int(0.0 / 0.0)", "failure value"),
        Example("uint(1) + uint('2') + uint(3.9)", "6"), Example("uint(-1)", "failure value"),
        Example("uint(-0.5)", "failure value"),
        Example("double('1.5') + double(1) + double(2u)", "4.5"), Example("double('x')", "failure value"),
        Example("bool('True')", "true"),
        Example("bool('tRue')", "failure value"),
        Example("type(1) == int && type('') == string && type([]) == list", "true"),
        Example("type(type(1)) == type", "true"), Example("type(timestamp(0)) == google.protobuf.Timestamp", "true"),
        Example("type(ip('::1')) == net.IP", "true"), Example("type(null) == null_type", "true"),
        Example("size({1: 2}) + [1].size()", "2"),
        Example("size(dyn(1))", "failure type"),
    ]

    @Test(arguments: conversions)
    func converts(example: Example) { example.check() }
}
