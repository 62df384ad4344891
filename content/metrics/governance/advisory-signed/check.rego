# Whether the signature on an advisory holds.
package probity.metrics.advisory_signed

import data.probity.checks.advisory_signed as check
import data.probity.operators

compliant if operators.compare(input.signature.valid, check.operator, check.target_value)
