# Whether unencrypted connections are refused.
package probity.metrics.transport_encryption_enforced

import data.probity.checks.transport_encryption_enforced as check
import data.probity.operators

compliant if operators.compare(input.transportEncryption.enforced, check.operator, check.target_value)
