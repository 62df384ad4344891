# Whether automatic checks must pass before a change is merged.
package probity.metrics.required_checks_set

import data.probity.operators

compliant if {
	input.branchProtection.enabled == true
	operators.filled(input.branchProtection.requiredChecks)
}
