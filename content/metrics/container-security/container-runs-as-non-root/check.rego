# Whether a container is sure not to run as root.
package probity.metrics.container_runs_as_non_root

import data.probity.checks.container_runs_as_non_root as check
import data.probity.operators

compliant if operators.compare(input.isolation.runAsNonRoot, check.operator, check.target_value)
