# How often a key of one's own is replaced.
package probity.metrics.key_rotation_interval

import data.probity.checks.key_rotation_interval as check
import data.probity.operators

applicable if {
	input.enabled == true
	input.managed == false
}

compliant if {
	input.rotation.enabled == true
	operators.compare(input.rotation.interval, check.operator, check.target_value)
}
