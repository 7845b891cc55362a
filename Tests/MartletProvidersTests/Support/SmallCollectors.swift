import MartletProviders

/// Collectors of the small subscription, one for each kind of call that there is.
enum SmallCollectors {
    static let text = """
        - id: azure.subscription
          title: The subscription
          host: arm
          list: /subscriptions/{subscription}
          api-version: "1"
          permission: sub/read
          single: true
          resource: {id: id, name: displayName, type: Sub}
        - id: azure.storage.account
          title: Storage accounts
          host: arm
          list: /subscriptions/{subscription}/providers/Microsoft.Storage/storageAccounts
          api-version: "2"
          permission: storage/read
          items: value
          children:
            policy: {path: "{id}/managementPolicies/default", api-version: "2", permission: policy/read, absent: [404]}
        - id: azure.keyvault.vault
          title: Vaults
          host: arm
          list: /subscriptions/{subscription}/providers/Microsoft.KeyVault/vaults
          api-version: "3"
          permission: vault/read
          items: value
        - id: azure.keyvault.key
          title: Keys
          host: keyvault
          from: {vault: azure.keyvault.vault}
          list: "{vault.properties.vaultUri}keys"
          api-version: "4"
          permission: key/read
          items: value
          resource: {id: kid, name: kid, type: Key, region: vault.location, keep: {key_type: children.key.key.kty, x: nothing}}
          children:
            key: {path: "{kid}", api-version: "4", permission: key/read}
        - id: azure.authorization.assignment
          title: Assignments
          host: arm
          list: /subscriptions/{subscription}/providers/Microsoft.Authorization/roleAssignments
          api-version: "5"
          permission: assignment/read
          items: value
          children:
            principal: {path: "/v1.0/principals/{properties.principalId}", permission: principal/read}
        - id: azure.network.interface
          title: Interfaces
          host: arm
          list: /subscriptions/{subscription}/providers/Microsoft.Network/networkInterfaces
          api-version: "6"
          permission: nic/read
          items: value
        - id: azure.compute.vm
          title: Machines
          host: arm
          list: /subscriptions/{subscription}/providers/Microsoft.Compute/virtualMachines
          api-version: "7"
          permission: vm/read
          items: value
          children:
            nics:
              for: properties.nics
              path: "{each.id}"
              look-up: azure.network.interface
              api-version: "6"
              permission: nic/read
        - id: azure.entra.application
          title: Applications
          host: graph
          list: /v1.0/applications?$select=id&$top=1
          permission: Application.Read.All
          items: value
          resource: {id: "/applications/{id}", name: displayName, type: Application}
        - id: azure.devops.connection
          title: Connections
          host: devops
          list: /{organization}/{project}/_apis/x
          permission: connections
          items: value
        """

    static func catalog() throws -> CollectorCatalog {
        try CollectorCatalog(try reader.read(text, file: "small.yaml"))
    }

    static let reader = CollectorReader(hosts: AzureHost.allCases.map(\.rawValue))
}
