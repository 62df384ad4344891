# Whether every step of a start checks the signature of the next.
package probity.metrics.secure_boot_enabled

import data.probity.checks.secure_boot_enabled as check
import data.probity.operators

compliant if operators.compare(input.secureBoot.enabled, check.operator, check.target_value)
