# Whether an audit trail is kept of who does what.
package probity.metrics.activity_logging_enabled

import data.probity.checks.activity_logging_enabled as check
import data.probity.operators

compliant if operators.compare(input.activityLogging.enabled, check.operator, check.target_value)
