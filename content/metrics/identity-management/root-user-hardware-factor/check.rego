# Whether the second factor of the root user lies in hardware.
package probity.metrics.root_user_hardware_factor

import data.probity.checks.root_user_hardware_factor as check
import data.probity.operators

applicable if {
	input.enabled == true
	input.rootUser == true
}

compliant if operators.compare(input.multiFactorAuthentication.hardwareBacked, check.operator, check.target_value)
