# Whether a policy is approved and was looked at lately.
package probity.metrics.policies_reviewed

import data.probity.checks.policies_reviewed as check
import data.probity.operators

compliant if {
	input.approved == true
	operators.compare(input.timeSinceReview, check.operator, check.target_value)
}
