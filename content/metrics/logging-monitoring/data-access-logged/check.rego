# Whether access to data is recorded.
package probity.metrics.data_access_logged

import data.probity.checks.data_access_logged as check
import data.probity.operators

compliant if {
	input.activityLogging.enabled == true
	operators.compare(input.activityLogging.dataAccess, check.operator, check.target_value)
}
