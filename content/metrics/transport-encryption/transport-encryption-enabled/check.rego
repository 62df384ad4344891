# Whether connections can be encrypted.
package probity.metrics.transport_encryption_enabled

import data.probity.checks.transport_encryption_enabled as check
import data.probity.operators

compliant if operators.compare(input.transportEncryption.enabled, check.operator, check.target_value)
