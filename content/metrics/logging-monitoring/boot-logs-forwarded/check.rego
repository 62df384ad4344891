# Whether boot logs are sent to logging services that exist.
package probity.metrics.boot_logs_forwarded

import data.probity.operators

compliant if {
	input.bootLogging.enabled == true
	operators.filled(input.bootLogging.loggingServiceIds)
	every id in input.bootLogging.loggingServiceIds {
		"LoggingService" in input.related[id].type
	}
}
