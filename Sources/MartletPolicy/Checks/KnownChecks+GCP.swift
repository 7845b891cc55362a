extension KnownChecks {
    /// The check ids for gcp, separated by white space.
    static let gcp = """
        apikeys_api_restricted_with_gemini_api apikeys_api_restrictions_configured apikeys_key_exists
        apikeys_key_rotated_in_90_days artifacts_container_analysis_enabled bigquery_dataset_cmk_encryption
        bigquery_dataset_public_access bigquery_table_cmk_encryption cloudfunction_function_inside_vpc
        cloudfunction_function_not_publicly_accessible cloudsql_instance_automated_backups
        cloudsql_instance_cmek_encryption_enabled cloudsql_instance_high_availability_enabled
        cloudsql_instance_mysql_local_infile_flag cloudsql_instance_mysql_skip_show_database_flag
        cloudsql_instance_postgres_enable_pgaudit_flag cloudsql_instance_postgres_log_connections_flag
        cloudsql_instance_postgres_log_disconnections_flag cloudsql_instance_postgres_log_error_verbosity_flag
        cloudsql_instance_postgres_log_min_duration_statement_flag
        cloudsql_instance_postgres_log_min_error_statement_flag cloudsql_instance_postgres_log_min_messages_flag
        cloudsql_instance_postgres_log_statement_flag cloudsql_instance_private_ip_assignment
        cloudsql_instance_public_access cloudsql_instance_public_ip
        cloudsql_instance_sqlserver_contained_database_authentication_flag
        cloudsql_instance_sqlserver_cross_db_ownership_chaining_flag
        cloudsql_instance_sqlserver_external_scripts_enabled_flag cloudsql_instance_sqlserver_remote_access_flag
        cloudsql_instance_sqlserver_trace_flag cloudsql_instance_sqlserver_user_connections_flag
        cloudsql_instance_sqlserver_user_options_flag cloudsql_instance_ssl_connections cloudstorage_audit_logs_enabled
        cloudstorage_bucket_lifecycle_management_enabled cloudstorage_bucket_log_retention_policy_lock
        cloudstorage_bucket_logging_enabled cloudstorage_bucket_public_access cloudstorage_bucket_soft_delete_enabled
        cloudstorage_bucket_sufficient_retention_period cloudstorage_bucket_uniform_bucket_level_access
        cloudstorage_bucket_versioning_enabled cloudstorage_uses_vpc_service_controls
        compute_firewall_rdp_access_from_the_internet_allowed compute_firewall_ssh_access_from_the_internet_allowed
        compute_image_not_publicly_shared compute_instance_automatic_restart_enabled
        compute_instance_block_project_wide_ssh_keys_disabled compute_instance_confidential_computing_enabled
        compute_instance_default_service_account_in_use
        compute_instance_default_service_account_in_use_with_full_api_access
        compute_instance_deletion_protection_enabled compute_instance_disk_auto_delete_disabled
        compute_instance_encryption_with_csek_enabled compute_instance_group_autohealing_enabled
        compute_instance_group_load_balancer_attached compute_instance_group_multiple_zones
        compute_instance_ip_forwarding_is_enabled compute_instance_on_host_maintenance_migrate
        compute_instance_preemptible_vm_disabled compute_instance_public_ip compute_instance_serial_ports_in_use
        compute_instance_shielded_vm_enabled compute_instance_single_network_interface
        compute_instance_suspended_without_persistent_disks compute_loadbalancer_logging_enabled
        compute_network_default_in_use compute_network_dns_logging_enabled compute_network_not_legacy
        compute_project_os_login_2fa_enabled compute_project_os_login_enabled compute_public_address_shodan
        compute_snapshot_not_outdated compute_subnet_flow_logs_enabled dataproc_encrypted_with_cmks_disabled
        dns_dnssec_disabled dns_rsasha1_in_use_to_key_sign_in_dnssec dns_rsasha1_in_use_to_zone_sign_in_dnssec
        gcr_container_scanning_enabled gemini_api_disabled gke_cluster_no_default_service_account
        iam_account_access_approval_enabled iam_audit_logs_enabled iam_cloud_asset_inventory_enabled
        iam_no_service_roles_at_project_level iam_organization_essential_contacts_configured
        iam_role_kms_enforce_separation_of_duties iam_role_sa_enforce_separation_of_duties
        iam_sa_no_administrative_privileges iam_sa_no_user_managed_keys iam_sa_user_managed_key_rotate_90_days
        iam_sa_user_managed_key_unused iam_service_account_unused
        iam_workload_identity_pool_provider_attribute_condition kms_key_not_publicly_accessible kms_key_rotation_enabled
        kms_key_rotation_max_90_days logging_log_metric_filter_and_alert_for_audit_configuration_changes_enabled
        logging_log_metric_filter_and_alert_for_bucket_permission_changes_enabled
        logging_log_metric_filter_and_alert_for_compute_configuration_changes_enabled
        logging_log_metric_filter_and_alert_for_custom_role_changes_enabled
        logging_log_metric_filter_and_alert_for_project_ownership_changes_enabled
        logging_log_metric_filter_and_alert_for_sql_instance_configuration_changes_enabled
        logging_log_metric_filter_and_alert_for_vpc_firewall_rule_changes_enabled
        logging_log_metric_filter_and_alert_for_vpc_network_changes_enabled
        logging_log_metric_filter_and_alert_for_vpc_network_route_changes_enabled logging_sink_created
        secretmanager_secret_not_publicly_accessible secretmanager_secret_rotation_enabled
        """
}
