# Whether a container can take no more than its share.
package probity.metrics.container_resource_limits

import data.probity.checks.container_resource_limits as check
import data.probity.operators

compliant if {
	operators.compare(input.resourceLimits.cpuLimit, ">", 0)
	operators.compare(input.resourceLimits.memoryLimit, ">", 0)
	operators.compare(input.resourceLimits.memoryLimit, check.operator, check.target_value)
}
