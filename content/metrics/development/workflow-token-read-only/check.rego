# What the token of a pipeline may do.
package probity.metrics.workflow_token_read_only

import data.probity.checks.workflow_token_read_only as check
import data.probity.operators

compliant if operators.compare(input.tokenPermissions, check.operator, check.target_value)
