import MartletCEL
import Testing

@Suite("CEL functions of networks, ports and policies")
struct PolicyFunctionTests {
    static let networks: [Example] = [
        Example("ip('192.0.2.1')", "192.0.2.1"), Example("ip('2001:DB8:0:0:1:0:0:1')", "2001:db8::1:0:0:1"),
        Example("ip('::')", "::"), Example("ip('1:0:2:0:3:0:4:0')", "1:0:2:0:3:0:4:0"),
        Example("ip('192.0.2')", "failure value line 1, column 1"), Example("ip('192.0.2.256')", "failure value"),
        Example("ip('::ffff:192.0.2.1')", "failure value"), Example("ip('fe80::1%eth0')", "failure value"),
        Example("ip('::ffff:c000:201') == ip('192.0.2.1')", "true"),
        Example("isIP('::1') && !isIP('x') && isCIDR('10.0.0.0/8') && !isCIDR('10.0.0.0/33')", "true"),
        Example("cidr('10.1.2.3/8').masked()", "10.0.0.0/8"), Example("cidr('2001:db8::/33').prefixLength()", "33"),
        Example("cidr('10.0.0.0/08')", "failure value"), Example("cidr('10.0.0.0')", "failure value"),
        Example("cidr('10.0.0.0/8').containsIP('10.255.0.1') && !cidr('10.0.0.0/9').containsIP('10.128.0.0')", "true"),
        Example("cidr('0.0.0.0/0').containsIP('::1')", "false"),
        Example(
            "cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16') && !cidr('10.0.0.0/8').containsCIDR('10.0.0.0/7')", "true"),
        Example("cidr('10.0.0.0/8').containsIP('x')", "failure value"),
        Example("ip('10.0.0.1').isPrivate() && ip('172.31.0.1').isPrivate() && ip('fd00::1').isPrivate()", "true"),
        Example("ip('172.32.0.1').isPrivate() || ip('11.0.0.1').isPrivate() || ip('fe80::1').isPrivate()", "false"),
        Example("ip('127.0.0.1').isLoopback() && ip('::1').isLoopback() && ip('0.0.0.0').isUnspecified()", "true"),
        Example("ip('169.254.1.1').isLinkLocalUnicast() && ip('ff02::1').isLinkLocalMulticast()", "true"),
        Example(
            "ip('8.8.8.8').isGlobalUnicast() && !ip('255.255.255.255').isGlobalUnicast() && !ip('224.0.0.1').isGlobalUnicast()",
            "true"), Example("ip.isCanonical('2001:DB8::1')", "false"),
        Example("ip('1.2.3.4').family() + ip('::1').family()", "10"), Example("cidr('10.0.0.1/8').ip()", "10.0.0.1"),
    ]

    @Test(arguments: networks)
    func knowsNetworks(example: Example) { example.check() }

    static let ports: [Example] = [
        Example("ports.includes('22', 22)", "true"),
        Example("ports.includes('20-25,80', 22) && ports.includes('20-25, 80', 80)", "true"),
        Example("ports.includes('20-25', 26) || ports.includes('20-25', 19)", "false"),
        Example("ports.includes('*', 0) && ports.includes('Any', 65535)", "true"),
        Example("ports.includes(['443', '8000-9000', 22], 22)", "true"), Example("ports.includes([], 22)", "false"),
        Example("ports.includes(22, 22)", "true"), Example("ports.includes('25-20', 22)", "failure value"),
        Example("ports.includes('65536', 22)", "failure value"), Example("ports.includes('', 22)", "failure value"),
        Example("ports.includes('1-2-3', 2)", "failure value"), Example("ports.includes('22', 65536)", "failure value"),
        Example("ports.includes('+22', 22)", "failure value"), Example("ports.includes(null, 22)", "failure type"),
        Example("ports.includes([['22']], 22)", "failure type"),
        Example("ports.overlap('20-25', ['25-30', '1'])", "true"),
        Example("ports.overlap('20-25', '26-30,1-19')", "false"),
        Example(
            "ports.isAll('*') && ports.isAll('0-65535') && ports.isAll(['1-1000', '1001-65535']) && ports.isAll('500-65535,1-600')",
            "true"), Example("ports.isAll('1-65534') || ports.isAll('1-10,12-65535') || ports.isAll([])", "false"),
    ]

    @Test(arguments: ports)
    func knowsPorts(example: Example) { example.check() }

    static let policies: [Example] = [
        Example("policy.statements(p).size()", "3"), Example("policy.list('a') + policy.list(['b'])", "[a, b]"),
        Example("policy.statements({})", "[]"), Example("policy.statements({'Statement': {'Sid': 'one'}}).size()", "1"),
        Example("policy.statements(p).map(s, policy.isPublic(s))", "[true, false, false]"),
        Example("policy.statements(p).map(s, policy.actions(s, 'S3:GETOBJECT'))", "[true, false, true]"),
        Example("policy.statements(p).map(s, policy.actions(s, 's3:PutObject'))", "[false, true, true]"),
        Example("policy.principals(p.Statement[1])", "[arn:aws:iam::111122223333:root, ec2.amazonaws.com]"),
        Example("policy.isPublic({'Effect': 'Allow', 'Principal': {'AWS': '*'}})", "true"),
        Example("policy.isPublic({'Effect': 'Allow', 'Principal': '*', 'Condition': {}})", "false"),
        Example("policy.isPublic({'Effect': 'Allow', 'NotPrincipal': {'AWS': 'x'}})", "true"),
        Example("policy.isPublic({'Effect': 'Deny', 'Principal': '*'})", "false"),
        Example("policy.isPublic('x')", "failure type"),
        Example("policy.actions({'Action': 5}, 'a')", "failure type"), Example("policy.actions({}, 'a')", "false"),
    ]

    @Test(arguments: policies)
    func knowsPolicies(example: Example) throws {
        let json = """
            {"Statement": [
              {"Effect": "Allow", "Principal": "*", "Action": "s3:Get*"},
              {"Effect": "Allow", "Principal": {"AWS": ["arn:aws:iam::111122223333:root"], "Service": "ec2.amazonaws.com"},
               "Action": ["s3:PutObject", "s3:List*"]},
              {"Effect": "Deny", "Principal": "*", "NotAction": ["iam:*"]}]}
            """
        example.check(["p": try CELValue.parse(json: Array(json.utf8))])
    }
}
