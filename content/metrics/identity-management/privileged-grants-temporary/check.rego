# Whether a privileged grant ends by itself.
package probity.metrics.privileged_grants_temporary

import data.probity.checks.privileged_grants_temporary as check
import data.probity.operators

applicable if {
	input.enabled == true
	input.privileged == true
	input.scope in ["account", "resource-group", "resource"]
}

compliant if operators.compare(input.temporary, check.operator, check.target_value)
