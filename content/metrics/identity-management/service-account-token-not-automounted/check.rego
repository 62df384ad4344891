# Whether pods get the token of the account without asking.
package probity.metrics.service_account_token_not_automounted

import data.probity.checks.service_account_token_not_automounted as check
import data.probity.operators

compliant if operators.compare(input.tokenAutomount, check.operator, check.target_value)
