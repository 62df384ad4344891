# How many identities rule over an account.
package probity.metrics.few_account_administrators

import data.probity.checks.few_account_administrators as check
import data.probity.operators

compliant if {
	operators.compare(input.administratorCount, ">=", 2)
	operators.compare(input.administratorCount, check.operator, check.target_value)
}
