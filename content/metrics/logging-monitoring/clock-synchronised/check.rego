# Whether the clock of a machine is set by a time service.
package probity.metrics.clock_synchronised

import data.probity.checks.clock_synchronised as check
import data.probity.operators

compliant if operators.compare(input.clockSynchronised, check.operator, check.target_value)
