# Whether processor time and memory are set aside for a container.
package probity.metrics.container_resource_requests

import data.probity.checks.container_resource_requests as check
import data.probity.operators

compliant if {
	operators.compare(input.resourceLimits.cpuRequest, ">", 0)
	operators.compare(input.resourceLimits.memoryRequest, check.operator, check.target_value)
}
