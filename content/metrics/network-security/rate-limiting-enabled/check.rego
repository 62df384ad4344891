# Whether a public entry limits how often it is asked.
package probity.metrics.rate_limiting_enabled

import data.probity.checks.rate_limiting_enabled as check
import data.probity.operators

applicable if input.internetAccessible == true

compliant if operators.compare(input.rateLimiting.enabled, check.operator, check.target_value)
