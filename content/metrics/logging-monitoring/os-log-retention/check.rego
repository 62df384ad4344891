# How long the logs of an operating system are kept.
package probity.metrics.os_log_retention

import data.probity.checks.os_log_retention as check
import data.probity.operators

compliant if {
	input.osLogging.enabled == true
	operators.compare(input.osLogging.retentionPeriod, check.operator, check.target_value)
}
