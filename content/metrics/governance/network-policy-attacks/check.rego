# Which attacks a policy on networks covers.
package probity.metrics.network_policy_attacks

import data.probity.operators

applicable if "network-security" in input.topics

compliant if {
	operators.filled(input.coveredAttackTypes)
	every attack in attacks {
		attack in input.coveredAttackTypes
	}
}

attacks := ["denial-of-service", "eavesdropping"]
