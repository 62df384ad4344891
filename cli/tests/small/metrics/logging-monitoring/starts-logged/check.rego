# Machines log their start
package probity.metrics.starts_logged

import data.probity.checks.starts_logged as check
import data.probity.operators

compliant if operators.compare(input.bootLogging.enabled, check.operator, check.target_value)
