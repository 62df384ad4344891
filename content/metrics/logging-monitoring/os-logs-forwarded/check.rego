# Whether the logs of an operating system are sent to logging services that exist.
package probity.metrics.os_logs_forwarded

import data.probity.operators

compliant if {
	input.osLogging.enabled == true
	operators.filled(input.osLogging.loggingServiceIds)
	every id in input.osLogging.loggingServiceIds {
		is_logging_service(id)
	}
}

is_logging_service(id) if "LoggingService" in input.related[id].type
