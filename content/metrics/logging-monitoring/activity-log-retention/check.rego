# How long the entries of an audit trail are kept.
package probity.metrics.activity_log_retention

import data.probity.checks.activity_log_retention as check
import data.probity.operators

compliant if {
	input.activityLogging.enabled == true
	operators.compare(input.activityLogging.retentionPeriod, check.operator, check.target_value)
}
