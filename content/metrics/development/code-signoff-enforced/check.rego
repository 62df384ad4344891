# Whether changes without a statement of origin are refused.
package probity.metrics.code_signoff_enforced

import data.probity.checks.code_signoff_enforced as check
import data.probity.operators

compliant if operators.compare(input.codeSignoff.enforced, check.operator, check.target_value)
