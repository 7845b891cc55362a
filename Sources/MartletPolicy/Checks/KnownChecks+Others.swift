/// The check ids of the smaller providers, separated by white space.
extension KnownChecks {
    static let alibabacloud = """
        actiontrail_multi_region_enabled actiontrail_oss_bucket_not_publicly_accessible
        cs_kubernetes_cloudmonitor_enabled cs_kubernetes_cluster_check_recent cs_kubernetes_cluster_check_weekly
        cs_kubernetes_dashboard_disabled cs_kubernetes_eni_multiple_ip_enabled cs_kubernetes_log_service_enabled
        cs_kubernetes_network_policy_enabled cs_kubernetes_private_cluster_enabled cs_kubernetes_rbac_enabled
        ecs_attached_disk_encrypted ecs_instance_endpoint_protection_installed ecs_instance_latest_os_patches_applied
        ecs_instance_no_legacy_network ecs_securitygroup_restrict_rdp_internet ecs_securitygroup_restrict_ssh_internet
        ecs_unattached_disk_encrypted oss_bucket_logging_enabled oss_bucket_not_publicly_accessible
        oss_bucket_secure_transport_enabled ram_no_root_access_key ram_password_policy_lowercase
        ram_password_policy_max_login_attempts ram_password_policy_max_password_age ram_password_policy_minimum_length
        ram_password_policy_number ram_password_policy_password_reuse_prevention ram_password_policy_symbol
        ram_password_policy_uppercase ram_policy_attached_only_to_group_or_roles ram_policy_no_administrative_privileges
        ram_rotate_access_key_90_days ram_user_console_access_unused ram_user_mfa_enabled_console_access
        rds_instance_no_public_access_whitelist rds_instance_postgresql_log_connections_enabled
        rds_instance_postgresql_log_disconnections_enabled rds_instance_postgresql_log_duration_enabled
        rds_instance_sql_audit_enabled rds_instance_sql_audit_retention rds_instance_ssl_enabled
        rds_instance_tde_enabled rds_instance_tde_key_custom securitycenter_advanced_or_enterprise_edition
        securitycenter_all_assets_agent_installed securitycenter_notification_enabled_high_risk
        securitycenter_vulnerability_scan_enabled sls_cloud_firewall_changes_alert_enabled
        sls_customer_created_cmk_changes_alert_enabled sls_logstore_retention_period
        sls_management_console_authentication_failures_alert_enabled
        sls_management_console_signin_without_mfa_alert_enabled sls_oss_bucket_policy_changes_alert_enabled
        sls_oss_permission_changes_alert_enabled sls_ram_role_changes_alert_enabled
        sls_rds_instance_configuration_changes_alert_enabled sls_root_account_usage_alert_enabled
        sls_security_group_changes_alert_enabled sls_unauthorized_api_calls_alert_enabled sls_vpc_changes_alert_enabled
        sls_vpc_network_route_changes_alert_enabled vpc_flow_logs_enabled
        """

    static let cloudflare = """
        dns_record_cname_target_valid dns_record_no_internal_ip dns_record_no_wildcard dns_record_proxied
        zone_always_online_disabled zone_automatic_https_rewrites_enabled zone_bot_fight_mode_enabled
        zone_browser_integrity_check_enabled zone_challenge_passage_configured zone_development_mode_disabled
        zone_dnssec_enabled zone_email_obfuscation_enabled zone_firewall_blocking_rules_configured
        zone_hotlink_protection_enabled zone_hsts_enabled zone_https_redirect_enabled zone_ip_geolocation_enabled
        zone_min_tls_version_secure zone_rate_limiting_enabled zone_record_caa_exists zone_record_dkim_exists
        zone_record_dmarc_exists zone_record_spf_exists zone_security_under_attack_disabled zone_ssl_strict
        zone_tls_1_3_enabled zone_universal_ssl_enabled zone_waf_enabled zone_waf_owasp_ruleset_enabled
        """

    static let e2enetworks = """
        database_cluster_backup_enabled database_cluster_default_admin_username database_cluster_ip_whitelist_configured
        database_cluster_public_ip_not_assigned database_cluster_running database_cluster_ssl_enabled
        database_replica_public_ip_not_assigned loadbalancer_alb_https_uses_ssl_certificate
        loadbalancer_backend_health_check_enabled loadbalancer_bitninja_enabled network_reserveip_floating_ip_unattached
        network_reserveip_orphaned_public_ip network_vpc_has_attached_nodes network_vpc_is_active
        network_vpc_peering_external_peer_disabled node_accidental_protection_enabled node_compliance_enabled
        node_encryption_enabled node_public_ip_not_assigned node_rescue_mode_disabled node_vpc_attached
        securitygroup_no_all_traffic_rule securitygroup_no_inbound_any_all_ports securitygroup_restrictive_default
        storage_block_volume_not_orphaned storage_efs_backup_enabled storage_efs_vpc_access_restricted
        """

    static let github = """
        githubactions_workflow_security_scan organization_default_repository_permission_strict
        organization_members_mfa_required organization_repository_creation_limited
        organization_repository_deletion_limited organization_verified_badge repository_branch_delete_on_merge_enabled
        repository_default_branch_deletion_disabled repository_default_branch_disallows_force_push
        repository_default_branch_dismisses_stale_reviews repository_default_branch_protection_applies_to_admins
        repository_default_branch_protection_enabled repository_default_branch_requires_codeowners_review
        repository_default_branch_requires_conversation_resolution repository_default_branch_requires_linear_history
        repository_default_branch_requires_multiple_approvals repository_default_branch_requires_signed_commits
        repository_default_branch_status_checks_required repository_dependency_scanning_enabled
        repository_has_codeowners_file repository_immutable_releases_enabled repository_inactive_not_archived
        repository_public_has_securitymd_file repository_secret_scanning_enabled
        """

    static let googleworkspace = """
        additionalservices_external_groups_disabled calendar_external_invitations_warning
        calendar_external_sharing_primary_calendar calendar_external_sharing_secondary_calendar
        chat_apps_installation_disabled chat_external_file_sharing_disabled chat_external_messaging_restricted
        chat_external_spaces_restricted chat_incoming_webhooks_disabled chat_internal_file_sharing_disabled
        directory_super_admin_count directory_super_admin_only_admin_roles drive_access_checker_recipients_only
        drive_desktop_access_disabled drive_external_sharing_warn_users drive_internal_users_distribute_content
        drive_publishing_files_disabled drive_shared_drive_creation_allowed
        drive_shared_drive_disable_download_print_copy drive_shared_drive_managers_cannot_override
        drive_shared_drive_members_only_access drive_sharing_allowlisted_domains
        drive_warn_sharing_with_allowlisted_domains gmail_anomalous_attachment_protection_enabled
        gmail_auto_forwarding_disabled gmail_comprehensive_mail_storage_enabled gmail_domain_spoofing_protection_enabled
        gmail_employee_name_spoofing_protection_enabled gmail_encrypted_attachment_protection_enabled
        gmail_enhanced_pre_delivery_scanning_enabled gmail_external_image_scanning_enabled
        gmail_groups_spoofing_protection_enabled gmail_inbound_domain_spoofing_protection_enabled
        gmail_mail_delegation_disabled gmail_per_user_outbound_gateway_disabled gmail_pop_imap_access_disabled
        gmail_script_attachment_protection_enabled gmail_shortener_scanning_enabled
        gmail_unauthenticated_email_protection_enabled gmail_untrusted_link_warnings_enabled groups_creation_restricted
        groups_external_access_restricted groups_view_conversations_restricted marketplace_apps_access_restricted
        rules_admin_privilege_granted_alert_configured rules_gmail_employee_spoofing_alert_configured
        rules_government_backed_attacks_alert_configured rules_leaked_password_alert_configured
        rules_password_changed_alert_configured rules_suspicious_activity_suspension_alert_configured
        rules_suspicious_login_alert_configured rules_suspicious_programmatic_login_alert_configured
        security_2sv_enforced security_2sv_hardware_keys_admins security_advanced_protection_configured
        security_app_access_restricted security_dlp_drive_rules_configured security_internal_apps_trusted
        security_less_secure_apps_disabled security_login_challenges_configured security_password_policy_strong
        security_session_duration_limited security_super_admin_recovery_disabled security_user_recovery_enabled
        sites_service_disabled
        """

    static let huaweicloud = """
        cts_enabled ecs_instance_key_pair ecs_instance_no_default_security_group ecs_instance_public_ip
        ecs_instance_security_groups_attached elb_public_exposure evs_volume_encryption iam_account_password_policy
        iam_password_policy_char_combination iam_password_policy_expires_passwords iam_password_policy_minimum_age
        iam_password_policy_reuse_prevention iam_root_hardware_mfa_enabled iam_user_disabled iam_user_mfa_enabled
        kms_key_not_pending_deletion kms_key_rotation_enabled obs_bucket_public_access rds_backup_enabled
        rds_instance_disk_encryption rds_public_access vpc_default_security_group_restricts_all_traffic
        vpc_security_group_all_protocols_open vpc_security_group_open_egress vpc_security_group_open_ingress waf_enabled
        """

    static let linode = """
        administration_user_2fa_enabled compute_instance_backups_enabled compute_instance_disk_encryption_enabled
        compute_instance_watchdog_enabled networking_firewall_assigned_to_devices
        networking_firewall_default_inbound_policy_drop networking_firewall_default_outbound_policy_drop
        networking_firewall_inbound_rules_configured networking_firewall_outbound_rules_configured
        networking_firewall_status_enabled
        """

    static let mongodbatlas = """
        clusters_authentication_enabled clusters_backup_enabled clusters_encryption_at_rest_enabled clusters_tls_enabled
        organizations_api_access_list_required organizations_mfa_required organizations_security_contact_defined
        organizations_service_account_secrets_expiration projects_auditing_enabled
        projects_network_access_list_exposed_to_internet
        """

    static let nhn = """
        compute_instance_login_user compute_instance_public_ip compute_instance_security_groups
        network_vpc_has_empty_routingtables network_vpc_subnet_enable_dhcp network_vpc_subnet_has_external_router
        """

    static let okta = """
        apitoken_not_super_admin apitoken_restricted_to_network_zone application_admin_console_mfa_required
        application_admin_console_phishing_resistant_authentication application_admin_console_session_idle_timeout_15min
        application_authentication_policy_network_zone_enforced application_dashboard_mfa_required
        application_dashboard_phishing_resistant_authentication authenticator_okta_verify_fips_compliant
        authenticator_password_common_password_check authenticator_password_complexity_lowercase
        authenticator_password_complexity_number authenticator_password_complexity_symbol
        authenticator_password_complexity_uppercase authenticator_password_history_5
        authenticator_password_lockout_threshold_3 authenticator_password_maximum_age_60d
        authenticator_password_minimum_age_24h authenticator_password_minimum_length_15 authenticator_smart_card_active
        idp_smart_card_dod_approved_ca network_zone_block_anonymized_proxies signon_dod_warning_banner_configured
        signon_global_session_cookies_not_persistent signon_global_session_idle_timeout_15min
        signon_global_session_lifetime_18h signon_global_session_policy_network_zone_enforced
        systemlog_streaming_enabled user_inactivity_automation_35d_enabled
        """

    static let openstack = """
        blockstorage_snapshot_metadata_sensitive_data blockstorage_snapshot_not_orphaned
        blockstorage_volume_backup_exists blockstorage_volume_encryption_enabled
        blockstorage_volume_metadata_sensitive_data blockstorage_volume_multiattach_disabled
        blockstorage_volume_not_unattached compute_instance_config_drive_enabled
        compute_instance_isolated_private_network compute_instance_key_based_authentication
        compute_instance_locked_status_enabled compute_instance_metadata_sensitive_data
        compute_instance_public_ip_exposed compute_instance_security_groups_attached
        compute_instance_trusted_image_certificates image_hw_mem_encryption_enabled image_not_publicly_visible
        image_not_shared_with_multiple_projects image_protected_status_enabled image_secure_boot_enabled
        image_signature_verification_enabled networking_admin_state_down networking_port_security_disabled
        networking_security_group_allows_all_ingress_from_internet networking_security_group_allows_rdp_from_internet
        networking_security_group_allows_ssh_from_internet networking_subnet_dhcp_disabled
        objectstorage_container_acl_not_globally_shared objectstorage_container_listing_disabled
        objectstorage_container_metadata_sensitive_data objectstorage_container_public_read_acl_disabled
        objectstorage_container_sync_not_enabled objectstorage_container_versioning_enabled
        objectstorage_container_write_acl_restricted
        """

    static let oraclecloud = """
        analytics_instance_access_restricted audit_log_retention_period_365_days
        blockstorage_block_volume_encrypted_with_cmk blockstorage_boot_volume_encrypted_with_cmk cloudguard_enabled
        compute_instance_in_transit_encryption_enabled compute_instance_legacy_metadata_endpoint_disabled
        compute_instance_secure_boot_enabled database_autonomous_database_access_restricted
        events_notification_topic_and_subscription_exists events_rule_cloudguard_problems events_rule_iam_group_changes
        events_rule_iam_policy_changes events_rule_identity_provider_changes events_rule_idp_group_mapping_changes
        events_rule_local_user_authentication events_rule_network_gateway_changes
        events_rule_network_security_group_changes events_rule_route_table_changes events_rule_security_list_changes
        events_rule_user_changes events_rule_vcn_changes filestorage_file_system_encrypted_with_cmk
        identity_iam_admins_cannot_update_tenancy_admins identity_instance_principal_used
        identity_no_resources_in_root_compartment identity_non_root_compartment_exists
        identity_password_policy_expires_within_365_days identity_password_policy_minimum_length_14
        identity_password_policy_prevents_reuse identity_service_level_admins_exist
        identity_storage_service_level_admins_scoped identity_tenancy_admin_permissions_limited
        identity_tenancy_admin_users_no_api_keys identity_user_api_keys_rotated_90_days
        identity_user_auth_tokens_rotated_90_days identity_user_customer_secret_keys_rotated_90_days
        identity_user_db_passwords_rotated_90_days identity_user_mfa_enabled_console_access
        identity_user_valid_email_address integration_instance_access_restricted kms_key_rotation_enabled
        network_default_security_list_restricts_traffic network_security_group_ingress_from_internet_to_rdp_port
        network_security_group_ingress_from_internet_to_ssh_port network_security_list_ingress_from_internet_to_rdp_port
        network_security_list_ingress_from_internet_to_ssh_port network_vcn_subnet_flow_logs_enabled
        objectstorage_bucket_encrypted_with_cmk objectstorage_bucket_logging_enabled
        objectstorage_bucket_not_publicly_accessible objectstorage_bucket_versioning_enabled
        """

    static let scaleway = """
        iam_api_keys_no_root_owned
        """

    static let stackit = """
        iaas_security_group_all_traffic_unrestricted iaas_security_group_database_unrestricted
        iaas_security_group_rdp_unrestricted iaas_security_group_ssh_unrestricted iaas_server_public_ip_attached
        objectstorage_access_key_expiration objectstorage_bucket_object_lock_enabled
        objectstorage_bucket_retention_policy ske_cluster_no_public_endpoint
        """

    static let vercel = """
        authentication_no_stale_tokens authentication_token_not_expired deployment_production_uses_stable_target
        domain_dns_properly_configured domain_ssl_certificate_valid domain_verified
        project_auto_expose_system_env_disabled project_deployment_protection_enabled project_directory_listing_disabled
        project_environment_no_overly_broad_target project_environment_no_secrets_in_plain_type
        project_environment_production_vars_not_in_preview project_git_fork_protection_enabled
        project_password_protection_enabled project_production_deployment_protection_enabled
        project_skew_protection_enabled security_custom_rules_configured security_ip_blocking_rules_configured
        security_managed_rulesets_enabled security_rate_limiting_configured security_waf_enabled
        team_directory_sync_enabled team_member_role_least_privilege team_no_stale_invitations team_saml_sso_enabled
        team_saml_sso_enforced
        """
}
