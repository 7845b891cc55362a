extension KnownChecks {
    /// By provider, ids that are no longer used and the ids that took their place.
    static let renamedIDs: [String: [String: [String]]] = [
        "aws": [
            "apigateway_authorizers_enabled": [
                "apigateway_restapi_authorizers_enabled"
            ],
            "apigateway_client_certificate_enabled": [
                "apigateway_restapi_client_certificate_enabled"
            ],
            "apigateway_logging_enabled": [
                "apigateway_restapi_logging_enabled"
            ],
            "apigateway_public": [
                "apigateway_restapi_public"
            ],
            "apigateway_public_with_authorizer": [
                "apigateway_restapi_public_with_authorizer"
            ],
            "apigateway_waf_acl_attached": [
                "apigateway_restapi_waf_acl_attached"
            ],
            "apigatewayv2_access_logging_enabled": [
                "apigatewayv2_api_access_logging_enabled"
            ],
            "apigatewayv2_authorizers_enabled": [
                "apigatewayv2_api_authorizers_enabled"
            ],
            "ec2_securitygroup_allow_ingress_from_internet_to_port_mongodb_27017_27018": [
                "ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_mongodb_27017_27018"
            ],
            "ec2_securitygroup_allow_ingress_from_internet_to_tcp_ftp_port_20_21": [
                "ec2_securitygroup_allow_ingress_from_internet_to_tcp_port_ftp_20_21"
            ],
            "eks_control_plane_endpoint_access_restricted": [
                "eks_cluster_not_publicly_accessible"
            ],
            "eks_endpoints_not_publicly_accessible": [
                "eks_cluster_not_publicly_accessible"
            ],
            "inspector2_findings_exist": [
                "inspector2_active_findings_exist",
                "inspector2_is_enabled",
            ],
        ],
        "m365": [
            "entra_admin_mfa_enabled_for_administrative_roles": [
                "entra_admin_users_mfa_enabled"
            ],
            "entra_admin_portals_role_limited_access": [
                "entra_admin_portals_access_restriction"
            ],
        ],
    ]
}
