# Whether the platform keeps the boot log of a machine.
package probity.metrics.boot_logging_enabled

import data.probity.checks.boot_logging_enabled as check
import data.probity.operators

compliant if operators.compare(input.bootLogging.enabled, check.operator, check.target_value)
