# Whether findings of threat detection are sent to logging services that exist.
package probity.metrics.anomaly_findings_forwarded

import data.probity.operators

compliant if {
	input.anomalyDetection.enabled == true
	operators.filled(input.anomalyDetection.loggingServiceIds)
	every id in input.anomalyDetection.loggingServiceIds {
		"LoggingService" in input.related[id].type
	}
}
