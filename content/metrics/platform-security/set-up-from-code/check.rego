# Whether a resource is set up from reviewed files.
package probity.metrics.set_up_from_code

import data.probity.checks.set_up_from_code as check
import data.probity.operators

compliant if operators.compare(input.changeManagement.infrastructureAsCode, check.operator, check.target_value)
