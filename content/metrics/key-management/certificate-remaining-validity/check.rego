# How long a certificate is still valid.
package probity.metrics.certificate_remaining_validity

import data.probity.checks.certificate_remaining_validity as check
import data.probity.operators

applicable if input.enabled == true

compliant if operators.compare(input.remainingValidity, check.operator, check.target_value)
