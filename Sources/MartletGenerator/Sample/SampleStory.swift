/// What happened to one check of one resource over the three scans, where the rule of the check should not decide.
struct SampleStory: Sendable {
    /// `F`, `P`, `M`: FAIL, PASS, MANUAL; `f`: FAIL, muted by the scanner; `-`: the scanner says nothing.
    let outcomes: [Character]

    /// The outcome in scan 1, 2 or 3.
    func outcome(in scan: SampleScan) -> Character {
        outcomes.indices.contains(scan.number - 1) ? outcomes[scan.number - 1] : "-"
    }

    /// Stories by `check resource`.
    static let all: [String: SampleStory] = {
        var stories: [String: SampleStory] = [:]
        for line in lines.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 2)
            guard words.count == 3 else { continue }
            stories["\(words[1]) \(words[2])"] = SampleStory(outcomes: Array(words[0]))
        }
        return stories
    }()

    private static let lines = """
        FPP iam_no_root_access_key <root_account>
        FFP iam_root_hardware_mfa_enabled <root_account>
        FPP iam_password_policy_minimum_length_14 password-policy
        PFF iam_user_mfa_enabled_console_access tom.ashby
        FFP iam_user_mfa_enabled_console_access ruth.finch
        PPP iam_user_mfa_enabled_console_access mira.holt
        FFF iam_user_accesskey_unused ruth.finch
        FPP iam_policy_attached_only_to_group_or_roles lena.marsh
        FPP s3_account_level_public_access_blocks Fernhill Outfitters production
        FF- s3_bucket_public_access fernhill-marketing-drop
        PFP s3_bucket_public_access fernhill-newsletter-archive
        fff s3_bucket_public_access fernhill-press-kit
        fff s3_bucket_level_public_access_block fernhill-press-kit
        FF- s3_bucket_level_public_access_block fernhill-marketing-drop
        PFP s3_bucket_level_public_access_block fernhill-newsletter-archive
        FPF s3_bucket_server_access_logging_enabled fernhill-payment-reports
        FPP s3_bucket_server_access_logging_enabled fernhill-order-exports
        fff s3_bucket_server_access_logging_enabled fernhill-access-logs
        FFP s3_bucket_object_versioning fernhill-backups-eu
        PPF s3_bucket_secure_transport_policy fernhill-lake-raw
        FFP s3_bucket_kms_encryption fernhill-payment-reports
        FPF ec2_instance_imdsv2_enabled web-3
        FPP ec2_instance_imdsv2_enabled checkout-1
        FFF ec2_instance_imdsv2_enabled label-printer-proxy
        FFF ec2_instance_public_ip bastion
        PPF ec2_instance_public_ip notebook-lena
        fff ec2_instance_managed_by_ssm label-printer-proxy
        PFP ec2_instance_managed_by_ssm ci-runner-1
        FFP ec2_ebs_volume_encryption warehouse-gateway-root
        PPF ec2_ebs_volume_snapshots_exists checkout-2-root
        FFF ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_22 bastion-legacy
        PFP ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_22 office-migration
        FPF ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_22 vendor-access
        FPP ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_22 notebooks
        PFF rds_instance_no_public_access loyalty-analytics
        F-- rds_instance_no_public_access experiment-sizing
        FPF rds_instance_backup_enabled orders-staging
        FPP rds_instance_deletion_protection orders
        FFP rds_instance_storage_encrypted catalog
        FPP kms_cmk_rotation_enabled orders-at-rest
        PPF kms_cmk_not_deleted_unintentionally payments-legacy
        FFf kms_cmk_not_multi_region order-events
        FFP cloudtrail_kms_encryption_enabled fernhill-all-regions
        FPP cloudtrail_log_file_validation_enabled fernhill-all-regions
        FPP awslambda_function_not_publicly_accessible newsletter-webhook
        PPF awslambda_function_not_publicly_accessible returns-label
        FFP awslambda_function_no_secrets_in_variables invoice-mailer
        PFF awslambda_function_using_supported_runtimes lake-compact
        FFP vpc_flow_logs_enabled shop
        FFF vpc_flow_logs_enabled build
        FFP cloudwatch_log_metric_filter_root_usage *
        MMM cloudwatch_log_group_no_secrets_in_logs /fernhill/lake
        MMP cloudwatch_log_group_no_secrets_in_logs /fernhill/storefront
        PFP cloudwatch_log_group_no_secrets_in_logs /fernhill/checkout
        FPP cloudwatch_log_group_retention_policy_specific_days_enabled /fernhill/trail
        FFP guardduty_is_enabled detector-us-west-2
        PPF guardduty_is_enabled detector-eu-central-1
        """
}
