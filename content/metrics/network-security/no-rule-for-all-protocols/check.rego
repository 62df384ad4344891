# Whether a rule lets everybody in with every protocol.
package probity.metrics.no_rule_for_all_protocols

import data.probity.checks.no_rule_for_all_protocols as check
import data.probity.operators

compliant if {
	type_name(input.rules) == "array"
	every rule in input.rules {
		limited(rule)
	}
}

limited(rule) if rule.direction == "egress"

limited(rule) if rule.effect == "deny"

limited(rule) if operators.compare(rule.protocol, check.operator, check.target_value)

limited(rule) if {
	type_name(rule.networks) == "array"
	every network in rule.networks {
		not endswith(network, "/0")
	}
}
