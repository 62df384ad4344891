# Whether an altered change needs a new approval.
package probity.metrics.approvals_renewed

import data.probity.checks.approvals_renewed as check
import data.probity.operators

compliant if {
	input.branchProtection.enabled == true
	operators.compare(input.branchProtection.staleApprovalsDismissed, check.operator, check.target_value)
}
