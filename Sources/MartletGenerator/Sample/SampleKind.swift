/// What sort of thing a sample resource is; decides which checks look at it and how its uid is formed.
enum SampleKind: String, Sendable {
    case account, root, passwordPolicy, user, accessKey
    case bucket
    case instance, volume, securityGroup, defaultGroup, elasticIP
    case database
    case key
    case trail
    case function
    case vpc, subnet
    case logGroup, trailAlarm
    case detector

    /// The ARN of a resource of this kind; `hex` is 17 digits that differ from resource to resource.
    func uid(name: String, region: String, hex: String) -> String {
        let account = SampleEstate.account
        let ec2 = "arn:aws:ec2:\(region):\(account):"
        switch self {
        case .account: return "arn:aws:account::\(account):account"
        case .root: return "arn:aws:iam::\(account):root"
        case .passwordPolicy: return "arn:aws:iam::\(account):password-policy"
        case .user, .accessKey: return "arn:aws:iam::\(account):user/" + name.prefix { $0 != "/" }
        case .bucket: return "arn:aws:s3:::\(name)"
        case .instance: return ec2 + "instance/i-\(hex)"
        case .volume: return ec2 + "volume/vol-\(hex)"
        case .securityGroup, .defaultGroup: return ec2 + "security-group/sg-\(hex)"
        case .elasticIP: return ec2 + "elastic-ip/eipalloc-\(hex)"
        case .database: return "arn:aws:rds:\(region):\(account):db:\(name)"
        case .key: return "arn:aws:kms:\(region):\(account):key/\(hex)"
        case .trail: return "arn:aws:cloudtrail:\(region):\(account):trail/\(name)"
        case .function: return "arn:aws:lambda:\(region):\(account):function:\(name)"
        case .vpc: return ec2 + "vpc/vpc-\(hex)"
        case .subnet: return ec2 + "subnet/subnet-\(hex)"
        case .logGroup: return "arn:aws:logs:\(region):\(account):log-group:\(name):*"
        case .trailAlarm: return "arn:aws:cloudwatch:\(region):\(account):alarm:\(name)"
        case .detector: return "arn:aws:guardduty:\(region):\(account):detector/\(hex)"
        }
    }

    /// The service whose group a finding puts the resource in.
    var service: String {
        switch self {
        case .account, .root, .passwordPolicy, .user, .accessKey: "iam"
        case .bucket: "s3"
        case .instance, .volume, .securityGroup, .defaultGroup, .elasticIP: "ec2"
        case .database: "rds"
        case .key: "kms"
        case .trail: "cloudtrail"
        case .function: "awslambda"
        case .vpc, .subnet: "vpc"
        case .logGroup, .trailAlarm: "cloudwatch"
        case .detector: "guardduty"
        }
    }

    /// The type a finding gives the resource.
    var type: String {
        switch self {
        case .account: "AwsAccount"
        case .root, .user, .accessKey: "AwsIamUser"
        case .passwordPolicy: "AwsIamPolicy"
        case .bucket: "AwsS3Bucket"
        case .instance: "AwsEc2Instance"
        case .volume: "AwsEc2Volume"
        case .securityGroup, .defaultGroup: "AwsEc2SecurityGroup"
        case .elasticIP: "AwsEc2Eip"
        case .database: "AwsRdsDbInstance"
        case .key: "AwsKmsKey"
        case .trail: "AwsCloudTrailTrail"
        case .function: "AwsLambdaFunction"
        case .vpc: "AwsEc2Vpc"
        case .subnet: "AwsEc2Subnet"
        case .logGroup: "AwsLogsLogGroup"
        case .trailAlarm: "AwsCloudWatchAlarm"
        case .detector: "AwsGuardDutyDetector"
        }
    }
}
