# As which user number a container runs.
package probity.metrics.container_high_user_number

import data.probity.checks.container_high_user_number as check
import data.probity.operators

compliant if operators.compare(input.isolation.runAsUser, check.operator, check.target_value)
