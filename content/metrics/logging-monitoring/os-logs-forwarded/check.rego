# Whether the logs of an operating system are sent to logging services that exist.
package probity.metrics.os_logs_forwarded

compliant if {
	input.osLogging.enabled == true
	some _ in input.osLogging.loggingServiceIds
	every id in input.osLogging.loggingServiceIds {
		"LoggingService" in input.related[id].type
	}
}
