# Whether the audit trail of an account is sent to logging services that exist.
package probity.metrics.activity_logs_forwarded

import data.probity.operators

compliant if {
	input.activityLogging.enabled == true
	operators.filled(input.activityLogging.loggingServiceIds)
	every id in input.activityLogging.loggingServiceIds {
		"LoggingService" in input.related[id].type
	}
}
