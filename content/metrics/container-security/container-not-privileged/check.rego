# Whether a container has all powers of its host.
package probity.metrics.container_not_privileged

import data.probity.checks.container_not_privileged as check
import data.probity.operators

compliant if operators.compare(input.isolation.privileged, check.operator, check.target_value)
