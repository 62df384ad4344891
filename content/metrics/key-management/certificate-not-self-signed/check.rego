# Whether a certificate vouches for itself.
package probity.metrics.certificate_not_self_signed

import data.probity.checks.certificate_not_self_signed as check
import data.probity.operators

applicable if input.enabled == true

compliant if operators.compare(input.selfSigned, check.operator, check.target_value)
