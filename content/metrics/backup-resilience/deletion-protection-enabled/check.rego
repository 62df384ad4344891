# Whether deletion is refused or made to wait.
package probity.metrics.deletion_protection_enabled

import data.probity.checks.deletion_protection_enabled as check
import data.probity.operators

compliant if operators.compare(input.deletionProtection.enabled, check.operator, check.target_value)
