# Whether a namespace has a network policy that closes all its pods.
package probity.metrics.namespace_denies_by_default

import data.probity.operators

compliant if {
	operators.filled(input.networkPolicyIds)
	some id in input.networkPolicyIds
	policy := input.related[id]
	policy.selectsAllPods == true
	"ingress" in policy.directions
	policy.ingressRuleCount == 0
}
