# How long a logging service keeps an entry.
package probity.metrics.log_retention

import data.probity.checks.log_retention as check
import data.probity.operators

compliant if operators.compare(input.retentionPeriod, check.operator, check.target_value)
