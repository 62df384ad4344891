# Whether digests or signatures guard the audit trail.
package probity.metrics.activity_logging_tamper_evident

import data.probity.checks.activity_logging_tamper_evident as check
import data.probity.operators

compliant if {
	input.activityLogging.enabled == true
	operators.compare(input.activityLogging.integrityValidation, check.operator, check.target_value)
}
