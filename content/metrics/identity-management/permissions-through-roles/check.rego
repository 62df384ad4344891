# How many permissions an identity holds by itself.
package probity.metrics.permissions_through_roles

import data.probity.checks.permissions_through_roles as check
import data.probity.operators

applicable if {
	input.enabled == true
	input.interactive == true
}

compliant if operators.compare(input.directPermissions, check.operator, check.target_value)
