# Whether foreign building blocks are named by digest.
package probity.metrics.workflow_actions_pinned

import data.probity.checks.workflow_actions_pinned as check
import data.probity.operators

compliant if operators.compare(input.actionsPinned, check.operator, check.target_value)
