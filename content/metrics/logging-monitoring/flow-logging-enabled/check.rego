# Whether a network records connections, the refused ones at least.
package probity.metrics.flow_logging_enabled

import data.probity.checks.flow_logging_enabled as check
import data.probity.operators

compliant if {
	input.flowLogging.enabled == true
	operators.compare(input.flowLogging.trafficType, check.operator, check.target_value)
}
