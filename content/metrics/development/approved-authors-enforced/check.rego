# Whether only listed authors may commit.
package probity.metrics.approved_authors_enforced

import data.probity.checks.approved_authors_enforced as check
import data.probity.operators

compliant if operators.compare(input.approvedAuthorsEnforced, check.operator, check.target_value)
