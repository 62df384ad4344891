# Whether a cluster encrypts the secrets that it stores.
package probity.metrics.cluster_secrets_encrypted

import data.probity.checks.cluster_secrets_encrypted as check
import data.probity.operators

compliant if operators.compare(input.atRestEncryption.enabled, check.operator, check.target_value)
