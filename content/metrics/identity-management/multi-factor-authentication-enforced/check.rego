# Whether a person needs a second factor to sign in.
package probity.metrics.multi_factor_authentication_enforced

import data.probity.checks.multi_factor_authentication_enforced as check
import data.probity.operators

applicable if {
	input.enabled == true
	input.interactive == true
}

compliant if operators.compare(input.multiFactorAuthentication.enforced, check.operator, check.target_value)
