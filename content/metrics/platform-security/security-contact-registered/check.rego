# Whether the provider knows whom to call about security.
package probity.metrics.security_contact_registered

import data.probity.checks.security_contact_registered as check
import data.probity.operators

compliant if operators.compare(input.securityContactRegistered, check.operator, check.target_value)
