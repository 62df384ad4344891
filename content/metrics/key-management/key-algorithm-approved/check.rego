# Which algorithm a key serves.
package probity.metrics.key_algorithm_approved

import data.probity.checks.key_algorithm_approved as check
import data.probity.operators

applicable if input.enabled == true

compliant if operators.compare(input.algorithm, check.operator, check.target_value)
