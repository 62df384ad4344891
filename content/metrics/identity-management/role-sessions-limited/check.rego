# For how long a role may be held.
package probity.metrics.role_sessions_limited

import data.probity.checks.role_sessions_limited as check
import data.probity.operators

applicable if {
	input.builtIn == false
	input.scope in ["account", "resource-group", "resource"]
	input.maximumSession != null
}

compliant if operators.compare(input.maximumSession, check.operator, check.target_value)
