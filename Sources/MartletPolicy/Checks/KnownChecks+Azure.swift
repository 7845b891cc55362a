extension KnownChecks {
    /// The check ids for azure, separated by white space.
    static let azure = """
        aisearch_service_not_publicly_accessible aks_cluster_auto_upgrade_enabled aks_cluster_azure_monitor_enabled
        aks_cluster_defender_enabled aks_cluster_local_accounts_disabled aks_cluster_rbac_enabled
        aks_clusters_created_with_private_nodes aks_clusters_public_access_disabled aks_network_policy_enabled
        apim_threat_detection_llm_jacking app_client_certificates_on app_ensure_auth_is_set_up
        app_ensure_http_is_redirected_to_https app_ensure_java_version_is_latest app_ensure_php_version_is_latest
        app_ensure_python_version_is_latest app_ensure_using_http20 app_ftp_deployment_disabled
        app_function_access_keys_configured app_function_application_insights_enabled
        app_function_ensure_http_is_redirected_to_https app_function_ftps_deployment_disabled
        app_function_identity_is_configured app_function_identity_without_admin_privileges
        app_function_latest_runtime_version app_function_not_publicly_accessible app_function_vnet_integration_enabled
        app_http_logs_enabled app_minimum_tls_version_12 app_register_with_identity appinsights_ensure_is_configured
        containerregistry_admin_user_disabled containerregistry_not_publicly_accessible
        containerregistry_uses_private_link cosmosdb_account_automatic_failover_enabled
        cosmosdb_account_backup_policy_continuous cosmosdb_account_firewall_use_selected_networks
        cosmosdb_account_minimum_tls_version cosmosdb_account_public_network_access_disabled
        cosmosdb_account_use_aad_and_rbac cosmosdb_account_use_private_endpoints
        databricks_workspace_cmk_encryption_enabled databricks_workspace_no_public_ip_enabled
        databricks_workspace_public_network_access_disabled databricks_workspace_vnet_injection_enabled
        defender_additional_email_configured_with_a_security_contact
        defender_assessments_vm_endpoint_protection_installed defender_attack_path_notifications_properly_configured
        defender_auto_provisioning_log_analytics_agent_vms_on
        defender_auto_provisioning_vulnerabilty_assessments_machines_on
        defender_container_images_resolved_vulnerabilities defender_container_images_scan_enabled
        defender_ensure_defender_cspm_is_on defender_ensure_defender_for_app_services_is_on
        defender_ensure_defender_for_arm_is_on defender_ensure_defender_for_azure_sql_databases_is_on
        defender_ensure_defender_for_containers_is_on defender_ensure_defender_for_cosmosdb_is_on
        defender_ensure_defender_for_databases_is_on defender_ensure_defender_for_dns_is_on
        defender_ensure_defender_for_keyvault_is_on defender_ensure_defender_for_os_relational_databases_is_on
        defender_ensure_defender_for_server_is_on defender_ensure_defender_for_sql_servers_is_on
        defender_ensure_defender_for_storage_is_on defender_ensure_iot_hub_defender_is_on
        defender_ensure_mcas_is_enabled defender_ensure_notify_alerts_severity_is_high
        defender_ensure_notify_emails_to_owners defender_ensure_system_updates_are_applied
        defender_ensure_wdatp_is_enabled entra_app_registration_credential_not_expired
        entra_authentication_methods_policy_strong_auth_enforced
        entra_conditional_access_policy_require_mfa_for_admin_portals
        entra_conditional_access_policy_require_mfa_for_management_api entra_global_admin_in_less_than_five_users
        entra_non_privileged_user_has_mfa entra_policy_default_users_cannot_create_security_groups
        entra_policy_ensure_default_user_cannot_create_apps entra_policy_ensure_default_user_cannot_create_tenants
        entra_policy_guest_invite_only_for_admin_roles entra_policy_guest_users_access_restrictions
        entra_policy_restricts_user_consent_for_apps entra_policy_user_consent_for_verified_apps
        entra_privileged_user_has_mfa entra_security_defaults_enabled entra_trusted_named_locations_exists
        entra_user_with_recent_sign_in entra_user_with_vm_access_has_mfa entra_users_cannot_create_microsoft_365_groups
        iam_custom_role_has_permissions_to_administer_resource_locks iam_role_user_access_admin_restricted
        iam_subscription_roles_owner_custom_not_created keyvault_access_only_through_private_endpoints
        keyvault_key_expiration_set_in_non_rbac keyvault_key_rotation_enabled keyvault_logging_enabled
        keyvault_non_rbac_secret_expiration_set keyvault_private_endpoints keyvault_rbac_enabled
        keyvault_rbac_key_expiration_set keyvault_rbac_secret_expiration_set keyvault_recoverable
        monitor_alert_create_policy_assignment monitor_alert_create_update_nsg
        monitor_alert_create_update_public_ip_address_rule monitor_alert_create_update_security_solution
        monitor_alert_create_update_sqlserver_fr monitor_alert_delete_nsg monitor_alert_delete_policy_assignment
        monitor_alert_delete_public_ip_address_rule monitor_alert_delete_security_solution
        monitor_alert_delete_sqlserver_fr monitor_alert_service_health_exists
        monitor_diagnostic_setting_with_appropriate_categories monitor_diagnostic_settings_exists
        monitor_storage_account_with_activity_logs_cmk_encrypted monitor_storage_account_with_activity_logs_is_private
        mysql_flexible_server_audit_log_connection_activated mysql_flexible_server_audit_log_enabled
        mysql_flexible_server_geo_redundant_backup_enabled mysql_flexible_server_high_availability_enabled
        mysql_flexible_server_minimum_tls_version_12 mysql_flexible_server_ssl_connection_enabled
        network_bastion_host_exists network_flow_log_captured_sent network_flow_log_more_than_90_days
        network_http_internet_access_restricted network_public_ip_shodan network_rdp_internet_access_restricted
        network_ssh_internet_access_restricted network_subnet_nsg_associated network_udp_internet_access_restricted
        network_vnet_ddos_protection_enabled network_watcher_enabled policy_ensure_asc_enforcement_enabled
        postgresql_flexible_server_allow_access_services_disabled postgresql_flexible_server_connection_throttling_on
        postgresql_flexible_server_enforce_ssl_enabled postgresql_flexible_server_entra_id_authentication_enabled
        postgresql_flexible_server_geo_redundant_backup_enabled postgresql_flexible_server_high_availability_enabled
        postgresql_flexible_server_log_checkpoints_on postgresql_flexible_server_log_connections_on
        postgresql_flexible_server_log_disconnections_on postgresql_flexible_server_log_retention_days_greater_3
        recovery_vault_backup_policy_retention_adequate recovery_vault_has_protected_items sqlserver_auditing_enabled
        sqlserver_auditing_retention_90_days sqlserver_azuread_administrator_enabled
        sqlserver_microsoft_defender_enabled sqlserver_recommended_minimal_tls_version sqlserver_tde_encrypted_with_cmk
        sqlserver_tde_encryption_enabled sqlserver_unrestricted_inbound_access
        sqlserver_va_emails_notifications_admins_enabled sqlserver_va_periodic_recurring_scans_enabled
        sqlserver_va_scan_reports_configured sqlserver_vulnerability_assessment_enabled
        storage_account_key_access_disabled storage_account_public_network_access_disabled
        storage_blob_public_access_level_is_disabled storage_blob_versioning_is_enabled
        storage_cross_tenant_replication_disabled storage_default_network_access_rule_is_denied
        storage_default_to_entra_authorization_enabled storage_ensure_azure_services_are_trusted_to_access_is_enabled
        storage_ensure_encryption_with_customer_managed_keys storage_ensure_file_shares_soft_delete_is_enabled
        storage_ensure_minimum_tls_version_12 storage_ensure_private_endpoints_in_storage_accounts
        storage_ensure_soft_delete_is_enabled storage_geo_redundant_enabled storage_infrastructure_encryption_is_enabled
        storage_key_rotation_90_days storage_secure_transfer_required_is_enabled
        storage_smb_channel_encryption_with_secure_algorithm storage_smb_protocol_version_is_latest vm_backup_enabled
        vm_desired_sku_size vm_ensure_attached_disks_encrypted_with_cmk vm_ensure_unattached_disks_encrypted_with_cmk
        vm_ensure_using_approved_images vm_ensure_using_managed_disks vm_jit_access_enabled
        vm_linux_enforce_ssh_authentication vm_scaleset_associated_with_load_balancer vm_scaleset_not_empty
        vm_sufficient_daily_backup_retention_period vm_trusted_launch_enabled
        """
}
