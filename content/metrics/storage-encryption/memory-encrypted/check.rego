# Whether the memory of a machine is encrypted.
package probity.metrics.memory_encrypted

import data.probity.checks.memory_encrypted as check
import data.probity.operators

compliant if operators.compare(input.encryptionInUse.enabled, check.operator, check.target_value)
