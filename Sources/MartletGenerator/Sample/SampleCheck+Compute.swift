extension SampleCheck {
    static let compute: [SampleCheck] = [
        SampleCheck(
            id: "ec2_instance_imdsv2_enabled", severity: .high, subject: .each(.instance), rule: .share(0.2),
            title: "Instances hand out credentials by session only",
            description: "The second version of the metadata service answers only callers who fetched a token first.",
            risk: "A web application that can be made to fetch addresses gives away the instance's credentials.",
            remediation: "Require tokens on the instance and in the launch template it comes from.",
            pass: "Instance {name} requires metadata tokens.", fail: "Instance {name} answers without metadata tokens.",
            categories: ["identity-access", "secrets"], rules: ["CMP-1"],
            attacks: [
                .init(
                    id: "T1552.005", technique: "Unsecured Credentials: Cloud Instance Metadata API",
                    tactic: "Credential Access")
            ]),
        SampleCheck(
            id: "ec2_instance_public_ip", severity: .medium, subject: .each(.instance), rule: .share(0.15),
            title: "Instances have no public address",
            description: "Traffic should enter through load balancers; instances need no address of their own.",
            risk: "Every port that a security group opens by mistake is reachable from the internet.",
            remediation: "Move the instance to a private subnet behind the load balancer.",
            pass: "Instance {name} has no public address.", fail: "Instance {name} has a public address in {region}.",
            categories: ["internet-exposed"], rules: ["NET-2"]),
        SampleCheck(
            id: "ec2_instance_managed_by_ssm", severity: .medium, subject: .each(.instance), rule: .share(0.15),
            title: "Instances are under patch management",
            description: "Managed instances report their packages and take patches at night.",
            risk: "What nobody patches stays open long after a fix exists.",
            remediation: "Install the agent, attach the managed role and wait for the first report.",
            pass: "Instance {name} reports to patch management.",
            fail: "Instance {name} does not report to patch management.", categories: ["node-security"],
            rules: ["CMP-2"]),
        SampleCheck(
            id: "ec2_instance_older_than_specific_days", severity: .medium, subject: .each(.instance),
            rule: .olderThan(180), title: "Instances are rebuilt twice a year",
            description: "Machines that are rebuilt from an image stay close to what the code says they are.",
            risk: "Old machines collect manual changes and outdated packages that nobody can reproduce.",
            remediation: "Build a current image and replace the instance.",
            pass: "Instance {name} has been running for {age} days.",
            fail: "Instance {name} has been running for {age} days, more than 180.", categories: [], rules: ["CMP-2"]),
        SampleCheck(
            id: "ec2_ebs_volume_encryption", severity: .high, subject: .each(.volume), rule: .share(0.18),
            title: "Volumes are encrypted",
            description: "Encryption of a volume covers its data, its snapshots and the way between disk and instance.",
            risk: "A copied snapshot is readable by whoever it is shared with.",
            remediation: "Copy the volume's snapshot with encryption and swap the volume.",
            pass: "Volume {name} is encrypted.", fail: "Volume {name} is not encrypted.", categories: ["encryption"],
            rules: ["ENC-1"]),
        SampleCheck(
            id: "ec2_ebs_volume_snapshots_exists", severity: .high, subject: .each(.volume), rule: .share(0.2),
            title: "Volumes have snapshots",
            description: "A snapshot is the only copy of a volume that survives its loss.",
            risk: "A lost volume means lost data.", remediation: "Add the volume to the nightly backup plan.",
            pass: "Volume {name} has a recent snapshot.", fail: "Volume {name} has no snapshot.",
            categories: ["resilience"], rules: ["RES-1"]),
        SampleCheck(
            id: "ec2_elastic_ip_shodan", severity: .medium, subject: .each(.elasticIP), rule: .manual,
            title: "Public addresses are not listed by search engines for devices",
            description: "Search engines for devices list what answers on public addresses.",
            risk: "What is listed is scanned by attackers within hours of a new weakness.",
            remediation: "Look the address up and close what should not answer.",
            pass: "Address {name} is not listed.", fail: "Address {name} is listed.",
            manual: "No key for a search engine was configured; look up address {name} by hand.",
            categories: ["internet-exposed"], rules: ["NET-2"]),
    ]
}
