# How far the grant of a privileged role reaches.
package probity.metrics.privileged_roles_scoped

import data.probity.checks.privileged_roles_scoped as check
import data.probity.operators

applicable if {
	input.enabled == true
	input.privileged == true
	not platform_only
}

compliant if operators.compare(input.scope, check.operator, check.target_value)

# The grants that a cluster needs to work at all.
platform_only if {
	operators.filled(input.subjects)
	every subject in input.subjects {
		subject in platform
	}
}

platform := [
	"system:kube-controller-manager",
	"system:kube-proxy",
	"system:kube-scheduler",
	"system:masters",
	"system:nodes",
]
