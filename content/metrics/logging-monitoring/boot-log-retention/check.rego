# How long boot logs are kept.
package probity.metrics.boot_log_retention

import data.probity.checks.boot_log_retention as check
import data.probity.operators

compliant if {
	input.bootLogging.enabled == true
	operators.compare(input.bootLogging.retentionPeriod, check.operator, check.target_value)
}
