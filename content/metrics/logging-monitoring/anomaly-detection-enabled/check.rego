# Whether a threat detection service watches the resource.
package probity.metrics.anomaly_detection_enabled

import data.probity.checks.anomaly_detection_enabled as check
import data.probity.operators

compliant if operators.compare(input.anomalyDetection.enabled, check.operator, check.target_value)
