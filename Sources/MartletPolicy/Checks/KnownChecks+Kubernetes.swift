extension KnownChecks {
    /// The check ids for kubernetes, separated by white space.
    static let kubernetes = """
        apiserver_always_pull_images_plugin apiserver_anonymous_requests apiserver_audit_log_maxage_set
        apiserver_audit_log_maxbackup_set apiserver_audit_log_maxsize_set apiserver_audit_log_path_set
        apiserver_auth_mode_include_node apiserver_auth_mode_include_rbac apiserver_auth_mode_not_always_allow
        apiserver_client_ca_file_set apiserver_deny_service_external_ips apiserver_disable_profiling
        apiserver_encryption_provider_config_set apiserver_etcd_cafile_set apiserver_etcd_tls_config
        apiserver_event_rate_limit apiserver_kubelet_cert_auth apiserver_kubelet_tls_auth
        apiserver_namespace_lifecycle_plugin apiserver_no_always_admit_plugin apiserver_no_token_auth_file
        apiserver_node_restriction_plugin apiserver_request_timeout_set apiserver_security_context_deny_plugin
        apiserver_service_account_key_file_set apiserver_service_account_lookup_true apiserver_service_account_plugin
        apiserver_strong_ciphers_only apiserver_tls_config controllermanager_bind_address
        controllermanager_disable_profiling controllermanager_garbage_collection controllermanager_root_ca_file_set
        controllermanager_rotate_kubelet_server_cert controllermanager_service_account_credentials
        controllermanager_service_account_private_key_file core_cpu_limits_set core_cpu_requests_set
        core_image_tag_fixed core_liveness_probe_configured core_memory_limits_set core_memory_requests_set
        core_minimize_admission_hostport_containers core_minimize_admission_windows_hostprocess_containers
        core_minimize_allowPrivilegeEscalation_containers core_minimize_containers_added_capabilities
        core_minimize_containers_capabilities_assigned core_minimize_hostIPC_containers
        core_minimize_hostNetwork_containers core_minimize_hostPID_containers core_minimize_hostpath_volume_mounts
        core_minimize_net_raw_capability_admission core_minimize_privileged_containers
        core_minimize_root_containers_admission core_no_secrets_envs core_readiness_probe_configured
        core_readonly_root_filesystem_enabled core_seccomp_profile_docker_default etcd_client_cert_auth etcd_no_auto_tls
        etcd_no_peer_auto_tls etcd_peer_client_cert_auth etcd_peer_tls_config etcd_tls_encryption etcd_unique_ca
        kubelet_authorization_mode kubelet_client_ca_file_set kubelet_conf_file_ownership kubelet_conf_file_permissions
        kubelet_config_yaml_ownership kubelet_config_yaml_permissions kubelet_disable_anonymous_auth
        kubelet_disable_read_only_port kubelet_event_record_qps kubelet_manage_iptables kubelet_rotate_certificates
        kubelet_service_file_ownership_root kubelet_service_file_permissions kubelet_streaming_connection_timeout
        kubelet_strong_ciphers_only kubelet_tls_cert_and_key rbac_cluster_admin_usage rbac_minimize_csr_approval_access
        rbac_minimize_node_proxy_subresource_access rbac_minimize_pod_creation_access rbac_minimize_pv_creation_access
        rbac_minimize_secret_access rbac_minimize_service_account_token_creation rbac_minimize_webhook_config_access
        rbac_minimize_wildcard_use_roles scheduler_bind_address scheduler_profiling
        """
}
