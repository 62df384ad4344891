# Whether anybody may read source code.
package probity.metrics.source_code_not_public

import data.probity.checks.source_code_not_public as check
import data.probity.operators

compliant if operators.compare(input.publicAccess, check.operator, check.target_value)
