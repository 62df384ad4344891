# Whether an administrator's second factor withstands a forged page.
package probity.metrics.administrators_phishing_resistant

import data.probity.checks.administrators_phishing_resistant as check
import data.probity.operators

applicable if {
	input.enabled == true
	input.interactive == true
	input.privileged == true
}

compliant if operators.compare(input.multiFactorAuthentication.phishingResistant, check.operator, check.target_value)
