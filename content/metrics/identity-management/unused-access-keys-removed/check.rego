# How long the enabled access keys of an identity have not been used.
package probity.metrics.unused_access_keys_removed

import data.probity.checks.unused_access_keys_removed as check
import data.probity.operators

applicable if operators.filled(input.accessKeys)

compliant if {
	operators.filled(input.accessKeys)
	every key in input.accessKeys {
		in_use(key)
	}
}

in_use(key) if key.enabled == false

in_use(key) if operators.compare(key.unusedDuration, check.operator, check.target_value)
