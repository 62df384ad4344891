# Whether the operating system of a machine writes logs.
package probity.metrics.os_logging_enabled

import data.probity.checks.os_logging_enabled as check
import data.probity.operators

compliant if operators.compare(input.osLogging.enabled, check.operator, check.target_value)
