# Whether the platform learns that a main container works.
package probity.metrics.container_health_checks

import data.probity.checks.container_health_checks as check
import data.probity.operators

applicable if input.containerRole == "main"

compliant if {
	operators.compare(input.healthChecks.liveness, check.operator, check.target_value)
	input.healthChecks.readiness == true
}
