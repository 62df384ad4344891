# Whether passwords known from breaches are refused.
package probity.metrics.compromised_passwords_refused

import data.probity.checks.compromised_passwords_refused as check
import data.probity.operators

compliant if operators.compare(input.compromisedRefused, check.operator, check.target_value)
