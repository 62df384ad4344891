# Whether a cluster knows who asks, and decides what they may do.
package probity.metrics.cluster_without_anonymous_access

import data.probity.checks.cluster_without_anonymous_access as check
import data.probity.operators

compliant if {
	input.accessControl.anonymousAccess == false
	operators.compare(input.accessControl.model, check.operator, check.target_value)
}
