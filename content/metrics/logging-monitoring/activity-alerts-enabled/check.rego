# Whether suspicious entries of the audit trail alert somebody.
package probity.metrics.activity_alerts_enabled

import data.probity.checks.activity_alerts_enabled as check
import data.probity.operators

compliant if operators.compare(input.activityLogging.alertsEnabled, check.operator, check.target_value)
