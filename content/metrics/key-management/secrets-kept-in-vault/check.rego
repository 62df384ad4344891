# Whether a secret is held by a key vault.
package probity.metrics.secrets_kept_in_vault

applicable if input.enabled == true

compliant if "KeyVault" in input.related[input.keyVaultId].type
