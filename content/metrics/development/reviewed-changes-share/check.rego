# Which share of merged changes was reviewed.
package probity.metrics.reviewed_changes_share

import data.probity.checks.reviewed_changes_share as check
import data.probity.operators

compliant if operators.compare(input.reviewedChanges, check.operator, check.target_value)
