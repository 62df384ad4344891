# How many others must approve a change.
package probity.metrics.changes_reviewed

import data.probity.checks.changes_reviewed as check
import data.probity.operators

compliant if {
	input.branchProtection.enabled == true
	operators.compare(input.branchProtection.requiredReviewers, check.operator, check.target_value)
}
