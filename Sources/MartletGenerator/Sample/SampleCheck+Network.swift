extension SampleCheck {
    static let network: [SampleCheck] = [
        SampleCheck(
            id: "ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_22", severity: .high,
            subject: .each(.securityGroup), rule: .share(0.1), title: "Security groups keep SSH off the internet",
            description: "Administration goes through the session manager; port 22 needs no rule for everyone.",
            risk: "Passwords and keys are tried around the clock on every open SSH port.",
            remediation: "Remove the rule, or limit it to the office range while a migration lasts.",
            pass: "Security group {name} keeps port 22 closed to the internet.",
            fail: "Security group {name} opens port 22 to 0.0.0.0/0 in {region}.", categories: ["internet-exposed"],
            rules: ["NET-2", "NET-3"],
            attacks: [.init(id: "T1133", technique: "External Remote Services", tactic: "Initial Access")]),
        SampleCheck(
            id: "ec2_securitygroup_default_restrict_traffic", severity: .high, subject: .each(.defaultGroup),
            rule: .share(0.4), title: "Default security groups let nothing through",
            description: "What is created without choosing a group lands in the default group of its network.",
            risk: "Forgotten resources can talk to each other and to the internet unseen.",
            remediation: "Remove all rules of the default group and make a group for each purpose.",
            pass: "A default group in {region} has no rules.",
            fail: "A default group in {region} lets traffic through.",
            categories: ["trust-boundaries"], rules: ["NET-3"]),
        SampleCheck(
            id: "vpc_flow_logs_enabled", severity: .medium, subject: .each(.vpc), rule: .share(0.35),
            title: "Networks record their flows",
            description: "Flow logs list who talked to whom, on which port, and how much.",
            risk: "An intruder's way through the network cannot be retraced.",
            remediation: "Turn on flow logs with 90 days of retention.", pass: "Network {name} records its flows.",
            fail: "Network {name} does not record its flows.", categories: ["logging", "forensics-ready"],
            rules: ["LOG-2"]),
        SampleCheck(
            id: "vpc_subnet_no_public_ip_by_default", severity: .high, subject: .each(.subnet), rule: .share(0.25),
            title: "Subnets hand out no public addresses",
            description: "A subnet can give every new interface a public address without being asked.",
            risk: "A test machine started in a hurry is on the internet from its first second.",
            remediation: "Turn the setting off; give addresses to load balancers by name.",
            pass: "Subnet {name} hands out no public addresses.", fail: "Subnet {name} hands out public addresses.",
            categories: ["internet-exposed"], rules: ["NET-2"]),
        SampleCheck(
            id: "vpc_different_regions", severity: .medium, subject: .together([.vpc]), rule: .share(0),
            title: "Networks exist in more than one region",
            description: "Networks in several regions are what a move to another region starts from.",
            risk: "The loss of one region would stop the shop until networks were built elsewhere.",
            remediation: "Keep a small standby network in a second region.",
            pass: "Networks exist in several regions.", fail: "All networks lie in one region.",
            categories: ["resilience"], rules: ["RES-2"]),
    ]
}
