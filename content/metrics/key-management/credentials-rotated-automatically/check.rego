# Whether secrets and certificates are replaced without a person.
package probity.metrics.credentials_rotated_automatically

import data.probity.checks.credentials_rotated_automatically as check
import data.probity.operators

applicable if {
	input.enabled == true
	input.managed == false
}

compliant if operators.compare(input.rotation.enabled, check.operator, check.target_value)
