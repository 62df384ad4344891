# How long updates may wait: the interval counts only while updates are on.
package probity.metrics.automatic_updates_interval

import data.probity.checks.automatic_updates_interval as check
import data.probity.operators

compliant if {
	input.automaticUpdates.enabled == true
	operators.compare(input.automaticUpdates.interval, check.operator, check.target_value)
}
