# Whether the default set of rules allows anything.
package probity.metrics.default_security_group_closed

import data.probity.checks.default_security_group_closed as check
import data.probity.operators

applicable if input.isDefault == true

compliant if {
	type_name(input.rules) == "array"
	every rule in input.rules {
		operators.compare(rule.effect, check.operator, check.target_value)
	}
}
