# Whether accounts exist that the central directory does not know.
package probity.metrics.local_accounts_disabled

import data.probity.checks.local_accounts_disabled as check
import data.probity.operators

compliant if operators.compare(input.accessControl.localAccounts, check.operator, check.target_value)
