# Whether a running audit trail leaves no region out.
package probity.metrics.activity_logging_all_regions

import data.probity.checks.activity_logging_all_regions as check
import data.probity.operators

compliant if {
	input.activityLogging.enabled == true
	operators.compare(input.activityLogging.allRegions, check.operator, check.target_value)
}
