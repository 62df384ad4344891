# Whether devices must show a certificate.
package probity.metrics.devices_prove_identity

import data.probity.checks.devices_prove_identity as check
import data.probity.operators

compliant if operators.compare(input.certificateAuthentication.enforced, check.operator, check.target_value)
