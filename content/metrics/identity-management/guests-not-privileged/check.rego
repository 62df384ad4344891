# Whether an enabled guest holds administrative permissions.
package probity.metrics.guests_not_privileged

import data.probity.checks.guests_not_privileged as check
import data.probity.operators

applicable if {
	input.enabled == true
	input.external == true
}

compliant if operators.compare(input.privileged, check.operator, check.target_value)
