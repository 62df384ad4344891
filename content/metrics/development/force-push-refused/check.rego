# Whether history may be rewritten.
package probity.metrics.force_push_refused

import data.probity.checks.force_push_refused as check
import data.probity.operators

compliant if {
	input.branchProtection.enabled == true
	operators.compare(input.branchProtection.forcePush, check.operator, check.target_value)
}
