# Whether a change that holds a credential is refused.
package probity.metrics.secret_push_protection

import data.probity.checks.secret_push_protection as check
import data.probity.operators

compliant if {
	input.secretScanning.enabled == true
	operators.compare(input.secretScanning.pushProtection, check.operator, check.target_value)
}
