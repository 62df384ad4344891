# How old the present version of a secret is.
package probity.metrics.secret_age

import data.probity.checks.secret_age as check
import data.probity.operators

applicable if {
	input.enabled == true
	input.managed == false
}

compliant if operators.compare(input.age, check.operator, check.target_value)
