# Whether a person can sign in past the central directory.
package probity.metrics.single_sign_on_enforced

import data.probity.checks.single_sign_on_enforced as check
import data.probity.operators

applicable if {
	input.enabled == true
	input.interactive == true
	input.rootUser == false
}

compliant if operators.compare(input.singleSignOn.enforced, check.operator, check.target_value)
