# Whether the rules of a branch may be passed by.
package probity.metrics.branch_rules_bind_administrators

import data.probity.checks.branch_rules_bind_administrators as check
import data.probity.operators

compliant if {
	input.branchProtection.enabled == true
	operators.compare(input.branchProtection.bypassAllowed, check.operator, check.target_value)
}
