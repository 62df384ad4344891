# Whether hardware guards a key of one's own.
package probity.metrics.keys_hardware_protected

import data.probity.checks.keys_hardware_protected as check
import data.probity.operators

applicable if input.managed == false

compliant if operators.compare(input.hardwareProtected, check.operator, check.target_value)
