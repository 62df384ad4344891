# How long records of connections are kept.
package probity.metrics.flow_log_retention

import data.probity.checks.flow_log_retention as check
import data.probity.operators

compliant if {
	input.flowLogging.enabled == true
	operators.compare(input.flowLogging.retentionPeriod, check.operator, check.target_value)
}
