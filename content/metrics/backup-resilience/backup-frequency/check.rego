# Whether one of the backups in force is made often enough.
package probity.metrics.backup_frequency

import data.probity.checks.backup_frequency as check
import data.probity.operators

compliant if {
	operators.filled(input.backups)
	some backup in input.backups
	backup.enabled == true
	operators.compare(backup.interval, check.operator, check.target_value)
}
