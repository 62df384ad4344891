# Whether a key can leave its vault in the clear.
package probity.metrics.keys_not_exportable

import data.probity.checks.keys_not_exportable as check
import data.probity.operators

applicable if input.managed == false

compliant if operators.compare(input.exportable, check.operator, check.target_value)
