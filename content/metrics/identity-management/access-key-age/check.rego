# How old the enabled access keys of an identity are.
package probity.metrics.access_key_age

import data.probity.checks.access_key_age as check
import data.probity.operators

applicable if operators.filled(input.accessKeys)

compliant if {
	operators.filled(input.accessKeys)
	every key in input.accessKeys {
		in_order(key)
	}
}

in_order(key) if key.enabled == false

in_order(key) if operators.compare(key.age, check.operator, check.target_value)

results contains result if {
	operators.filled(input.accessKeys)
	some i, key in input.accessKeys
	key.enabled == true
	result := {
		"property": sprintf("accessKeys[%d].age", [i]),
		"value": key.age,
		"target_value": check.target_value,
		"operator": check.operator,
		"success": operators.holds(key.age, check.operator, check.target_value),
		"message": sprintf("age of access key %d", [i + 1]),
	}
}
