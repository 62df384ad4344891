# Whether a password alone opens the way for administrators.
package probity.metrics.password_sign_in_disabled

import data.probity.checks.password_sign_in_disabled as check
import data.probity.operators

applicable if input.remoteAdministration != null

compliant if operators.compare(input.remoteAdministration.passwordSignIn, check.operator, check.target_value)
