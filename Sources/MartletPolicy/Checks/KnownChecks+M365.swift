extension KnownChecks {
    /// The check ids for m365, separated by white space.
    static let m365 = """
        admincenter_external_calendar_sharing_disabled admincenter_groups_not_public_visibility
        admincenter_organization_customer_lockbox_enabled admincenter_settings_password_never_expire
        admincenter_shared_bookings_disabled admincenter_users_admins_reduced_license_footprint
        admincenter_users_between_two_and_four_global_admins defender_antiphishing_policy_configured
        defender_antispam_connection_filter_policy_empty_ip_allowlist
        defender_antispam_connection_filter_policy_safe_list_off defender_antispam_outbound_policy_configured
        defender_antispam_outbound_policy_forwarding_disabled defender_antispam_policy_inbound_no_allowed_domains
        defender_atp_safe_attachments_and_docs_configured defender_chat_report_policy_configured
        defender_domain_dkim_enabled defender_malware_policy_common_attachments_filter_enabled
        defender_malware_policy_comprehensive_attachments_filter_applied
        defender_malware_policy_notifications_internal_users_malware_enabled
        defender_priority_account_protection_enabled defender_safe_attachments_policy_enabled
        defender_safelinks_policy_enabled defender_strict_preset_security_policy_enabled defender_zap_for_teams_enabled
        defenderidentity_health_issues_no_open defenderxdr_critical_asset_management_pending_approvals
        defenderxdr_endpoint_privileged_user_exposed_credentials entra_access_review_guest_users_configured
        entra_access_review_privileged_roles_configured entra_admin_consent_workflow_enabled
        entra_admin_portals_access_restriction entra_admin_users_cloud_only entra_admin_users_mfa_enabled
        entra_admin_users_phishing_resistant_mfa_enabled entra_admin_users_sign_in_frequency_enabled
        entra_all_apps_conditional_access_coverage entra_app_registration_client_secret_unused
        entra_app_registration_no_unused_privileged_permissions entra_authentication_method_authenticator_show_context
        entra_authentication_method_email_otp_disabled entra_authentication_method_sms_voice_disabled
        entra_break_glass_account_fido2_security_key_registered entra_conditional_access_policy_all_apps_all_users
        entra_conditional_access_policy_app_enforced_restrictions
        entra_conditional_access_policy_approved_client_app_required_for_mobile
        entra_conditional_access_policy_authentication_transfer_blocked
        entra_conditional_access_policy_block_elevated_insider_risk
        entra_conditional_access_policy_block_high_medium_sign_in_risk
        entra_conditional_access_policy_block_o365_elevated_insider_risk
        entra_conditional_access_policy_block_unknown_device_platforms
        entra_conditional_access_policy_compliant_device_hybrid_joined_device_mfa_required
        entra_conditional_access_policy_corporate_device_sign_in_frequency_enforced
        entra_conditional_access_policy_device_code_flow_blocked
        entra_conditional_access_policy_device_registration_mfa_required
        entra_conditional_access_policy_directory_sync_account_excluded
        entra_conditional_access_policy_explicitly_targets_azure_devops
        entra_conditional_access_policy_groups_management_restricted
        entra_conditional_access_policy_mdm_compliant_device_required
        entra_conditional_access_policy_mfa_enforced_for_guest_users
        entra_conditional_access_policy_no_deleted_object_references entra_conditional_access_policy_no_exclusion_gaps
        entra_conditional_access_policy_require_mfa_for_management_api
        entra_conditional_access_policy_sign_in_frequency_all_users
        entra_conditional_access_policy_token_protection_enforced
        entra_conditional_access_policy_untrusted_locations_blocked
        entra_conditional_access_trusted_named_location_exists entra_default_app_management_policy_enabled
        entra_device_registration_global_admins_not_local_admins entra_device_registration_join_restricted
        entra_device_registration_laps_enabled entra_device_registration_max_devices_per_user_limited
        entra_device_registration_registering_user_not_local_admin entra_directory_sync_object_takeover_blocked
        entra_dynamic_group_for_guests_created entra_emergency_access_exclusion
        entra_identity_protection_sign_in_risk_enabled entra_identity_protection_user_risk_enabled
        entra_idle_session_timeout_configured entra_intune_enrollment_sign_in_frequency_every_time
        entra_legacy_authentication_blocked entra_managed_device_required_for_authentication
        entra_managed_device_required_for_mfa_registration entra_password_hash_sync_enabled
        entra_password_protection_custom_banned_list_enforced entra_password_protection_lockout_duration_configured
        entra_password_protection_lockout_threshold_limited entra_password_protection_on_premises_enforced
        entra_pim_global_administrator_approval_required entra_pim_privileged_role_administrator_approval_required
        entra_policy_default_user_cannot_create_m365_groups entra_policy_default_user_cannot_create_security_groups
        entra_policy_default_user_cannot_read_bitlocker_keys entra_policy_ensure_default_user_cannot_create_tenants
        entra_policy_guest_invitations_restricted_to_allowed_domains entra_policy_guest_invite_only_for_admin_roles
        entra_policy_guest_users_access_restrictions entra_policy_restricts_user_consent_for_apps
        entra_seamless_sso_disabled entra_service_principal_no_secrets_for_permanent_tier0_roles
        entra_service_principal_privileged_role_no_owners entra_thirdparty_integrated_apps_not_allowed
        entra_users_mfa_capable entra_users_mfa_enabled exchange_application_access_policy_restricts_mailbox_apps
        exchange_external_email_tagging_enabled exchange_mailbox_audit_bypass_disabled
        exchange_mailbox_policy_additional_storage_restricted exchange_mailbox_primary_smtp_uses_custom_domain
        exchange_organization_delicensing_resiliency_enabled exchange_organization_mailbox_auditing_enabled
        exchange_organization_mailtips_enabled exchange_organization_modern_authentication_enabled
        exchange_organization_reject_direct_send_enabled exchange_owa_mailbox_policy_personal_accounts_disabled
        exchange_roles_assignment_policy_addins_disabled exchange_shared_mailbox_sign_in_disabled
        exchange_transport_config_smtp_auth_disabled exchange_transport_rules_mail_forwarding_disabled
        exchange_transport_rules_whitelist_disabled exchange_user_mailbox_auditing_enabled
        intune_device_compliance_policy_unassigned_devices_not_compliant_by_default purview_audit_log_search_enabled
        sharepoint_external_sharing_managed sharepoint_external_sharing_restricted sharepoint_guest_sharing_restricted
        sharepoint_modern_authentication_required sharepoint_onedrive_sync_restricted_unmanaged_devices
        teams_email_sending_to_channel_disabled teams_external_access_trial_tenants_blocked
        teams_external_domains_restricted teams_external_file_sharing_restricted
        teams_external_users_cannot_start_conversations teams_meeting_anonymous_user_join_disabled
        teams_meeting_anonymous_user_start_disabled teams_meeting_chat_anonymous_users_disabled
        teams_meeting_dial_in_lobby_bypass_disabled teams_meeting_external_chat_disabled
        teams_meeting_external_control_disabled teams_meeting_external_lobby_bypass_disabled
        teams_meeting_presenters_restricted teams_meeting_recording_disabled teams_security_reporting_enabled
        teams_unmanaged_communication_disabled
        """
}
