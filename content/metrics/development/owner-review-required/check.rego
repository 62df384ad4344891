# Whether owners of the code must approve its changes.
package probity.metrics.owner_review_required

import data.probity.checks.owner_review_required as check
import data.probity.operators

compliant if {
	input.branchProtection.enabled == true
	operators.compare(input.branchProtection.ownerReviewRequired, check.operator, check.target_value)
}
