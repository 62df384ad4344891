# Whether changes were approved before they went live.
package probity.metrics.changes_approved_before_deployment

import data.probity.checks.changes_approved_before_deployment as check
import data.probity.operators

compliant if operators.compare(input.changeManagement.approvedBeforeDeployment, check.operator, check.target_value)
