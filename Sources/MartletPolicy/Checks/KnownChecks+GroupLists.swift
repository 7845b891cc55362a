extension KnownChecks {
    /// To which group of resources the checks of each provider belong: lines of a group and what belongs to it, the first word
    /// of check ids or whole ids, of which the whole one counts. `-` stands for checks that belong to none.
    static let groupLists: [String: String] = [
        "alibabacloud": """
        IAM: ram
        compute: ecs
        container: cs
        database: rds
        monitoring: actiontrail sls
        network: vpc ecs_securitygroup_restrict_rdp_internet ecs_securitygroup_restrict_ssh_internet
        security: securitycenter
        storage: oss actiontrail_oss_bucket_not_publicly_accessible ecs_attached_disk_encrypted
        storage: ecs_unattached_disk_encrypted
        """,
        "aws": """
        -: ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_sql_server_1433_1434 s3_bucket_object_public
        IAM: cognito directoryservice iam bedrock_api_key_no_administrative_privileges
        IAM: bedrock_api_key_no_long_term_credentials bedrock_full_access_policy_attached
        IAM: cloudwatch_cross_account_sharing_disabled
        ai_ml: bedrock sagemaker
        analytics: athena datapipeline glue redshift
        api_gateway: apigateway apigatewayv2 appsync
        compute: appstream autoscaling drs ec2 elasticbeanstalk emr lightsail workspaces
        container: batch ecr ecs eks
        database: dms documentdb dynamodb elasticache memorydb neptune opensearch rds
        devops: cloudformation codeartifact codebuild codecommit codepipeline ssm
        governance: account organizations resourceexplorer2 servicecatalog wellarchitected
        governance: config_delegated_admin_and_org_aggregator_all_regions
        messaging: eventbridge firehose kafka kinesis mq ses sns sqs
        monitoring: cloudtrail cloudwatch config ssmincidents trustedadvisor
        network: cloudfront directconnect elb elbv2 networkfirewall route53 shield vpc
        network: apigateway_domain_name_pqc_tls_enabled bedrock_vpc_endpoints_configured
        network: ec2_client_vpn_endpoint_connection_logging_enabled ec2_elastic_ip_shodan
        network: ec2_elastic_ip_unassigned ec2_networkacl_allow_ingress_any_port
        network: ec2_networkacl_allow_ingress_tcp_port_22 ec2_networkacl_allow_ingress_tcp_port_3389
        network: ec2_networkacl_unused ec2_securitygroup_allow_ingress_from_internet_to_all_ports
        network: ec2_securitygroup_allow_ingress_from_internet_to_any_port
        network: ec2_securitygroup_allow_ingress_from_internet_to_any_port_from_ip
        network: ec2_securitygroup_allow_ingress_from_internet_to_high_risk_tcp_ports
        network: ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_22
        network: ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_3389
        network: ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_cassandra_7199_9160_8888
        network: ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_elasticsearch_kibana_9200_9300_5601
        network: ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_ftp_20_21
        network: ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_kafka_9092
        network: ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_memcached_11211
        network: ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_mongodb_27017_27018
        network: ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_mysql_3306
        network: ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_oracle_1521_2483
        network: ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_postgres_5432
        network: ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_redis_6379
        network: ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_telnet_23
        network: ec2_securitygroup_allow_wide_open_public_ipv4 ec2_securitygroup_default_restrict_traffic
        network: ec2_securitygroup_from_launch_wizard ec2_securitygroup_not_used
        network: ec2_securitygroup_with_many_ingress_egress_rules ec2_transitgateway_auto_accept_vpc_attachments
        network: transfer_server_pqc_ssh_kex_enabled
        security: accessanalyzer acm acmpca amplify fms guardduty inspector2 kms macie rolesanywhere
        security: secretsmanager securityhub waf wafv2 apigateway_restapi_no_secrets_in_stage_variables
        security: shield_advanced_protection_in_global_accelerators
        serverless: awslambda stepfunctions
        storage: backup datasync dlm efs fsx glacier s3 storagegateway transfer
        storage: cloudtrail_logs_s3_bucket_is_not_publicly_accessible
        """,
        "azure": """
        IAM: entra iam storage_infrastructure_encryption_is_enabled
        ai_ml: databricks
        api_gateway: apim
        compute: vm
        container: aks containerregistry
        database: aisearch cosmosdb mysql postgresql sqlserver
        governance: policy
        monitoring: appinsights monitor defender_additional_email_configured_with_a_security_contact
        monitoring: defender_attack_path_notifications_properly_configured
        monitoring: defender_ensure_notify_alerts_severity_is_high defender_ensure_notify_emails_to_owners
        network: network entra_trusted_named_locations_exists
        security: defender keyvault entra_security_defaults_enabled
        serverless: app
        storage: recovery storage
        """,
        "cloudflare": """
        network: dns zone
        """,
        "e2enetworks": """
        compute: node
        database: database
        network: loadbalancer network securitygroup
        storage: storage
        """,
        "gcp": """
        -: apikeys bigquery cloudfunction cloudsql compute dataproc dns gcr gke iam kms logging secretmanager
        IAM: apikeys_api_restricted_with_gemini_api
        ai_ml: gemini
        compute: compute_image_not_publicly_shared compute_instance_automatic_restart_enabled
        compute: compute_instance_deletion_protection_enabled compute_instance_group_autohealing_enabled
        compute: compute_instance_group_load_balancer_attached compute_instance_group_multiple_zones
        compute: compute_instance_on_host_maintenance_migrate compute_instance_preemptible_vm_disabled
        compute: compute_instance_single_network_interface compute_instance_suspended_without_persistent_disks
        governance: artifacts cloudstorage_audit_logs_enabled cloudstorage_uses_vpc_service_controls
        governance: compute_project_os_login_2fa_enabled
        monitoring: logging_log_metric_filter_and_alert_for_compute_configuration_changes_enabled
        storage: cloudstorage compute_snapshot_not_outdated
        """,
        "github": """
        devops: githubactions repository
        governance: organization
        """,
        "googleworkspace": """
        IAM: directory security
        collaboration: additionalservices calendar chat drive gmail groups marketplace sites
        collaboration: security_dlp_drive_rules_configured
        monitoring: rules
        """,
        "huaweicloud": """
        IAM: iam
        compute: ecs
        database: rds
        monitoring: cts
        network: elb vpc waf
        security: kms
        storage: evs obs
        """,
        "kubernetes": """
        -: core_cpu_limits_set core_cpu_requests_set core_liveness_probe_configured
        -: core_readiness_probe_configured
        IAM: rbac
        container: apiserver controllermanager core etcd kubelet scheduler
        container: rbac_minimize_node_proxy_subresource_access rbac_minimize_pod_creation_access
        container: rbac_minimize_webhook_config_access
        security: core_no_secrets_envs rbac_minimize_csr_approval_access rbac_minimize_secret_access
        storage: rbac_minimize_pv_creation_access
        """,
        "linode": """
        IAM: administration
        compute: compute
        network: networking
        """,
        "m365": """
        IAM: entra admincenter_users_admins_reduced_license_footprint
        IAM: admincenter_users_between_two_and_four_global_admins exchange_roles_assignment_policy_addins_disabled
        IAM: exchange_shared_mailbox_sign_in_disabled
        collaboration: admincenter exchange sharepoint teams defender_domain_dkim_enabled
        collaboration: defender_zap_for_teams_enabled
        governance: purview admincenter_external_calendar_sharing_disabled entra_admin_consent_workflow_enabled
        governance: entra_dynamic_group_for_guests_created entra_password_hash_sync_enabled
        security: defender defenderidentity defenderxdr intune admincenter_settings_password_never_expire
        """,
        "mongodbatlas": """
        database: clusters
        governance: organizations projects
        """,
        "nhn": """
        compute: compute
        network: network
        """,
        "okta": """
        IAM: apitoken authenticator idp user
        governance: application signon
        monitoring: systemlog
        network: network
        """,
        "openstack": """
        compute: compute
        network: networking
        storage: blockstorage image objectstorage
        """,
        "oraclecloud": """
        IAM: identity
        analytics: analytics
        compute: compute integration
        database: database
        governance: audit cloudguard identity_no_resources_in_root_compartment
        governance: identity_non_root_compartment_exists
        messaging: events
        network: network
        security: kms
        storage: blockstorage filestorage objectstorage
        """,
        "scaleway": """
        IAM: iam
        """,
        "stackit": """
        IAM: objectstorage_access_key_expiration
        container: ske
        network: iaas
        storage: objectstorage
        """,
        "vercel": """
        IAM: team authentication_token_not_expired
        compute: project_skew_protection_enabled
        devops: deployment project_git_fork_protection_enabled
        governance: authentication team_no_stale_invitations
        network: domain
        security: project security
        """,
    ]
}
