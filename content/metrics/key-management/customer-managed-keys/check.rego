# Who rules over the key of encrypted data.
package probity.metrics.customer_managed_keys

import data.probity.checks.customer_managed_keys as check
import data.probity.operators

applicable if input.atRestEncryption.enabled == true

compliant if operators.compare(input.atRestEncryption.keyManagement, check.operator, check.target_value)
