# Whether a copy really exists that is young enough.
package probity.metrics.backup_recent_success

import data.probity.checks.backup_recent_success as check
import data.probity.operators

compliant if {
	operators.filled(input.backups)
	some backup in input.backups
	operators.compare(backup.timeSinceSuccess, check.operator, check.target_value)
}
