# How long the copies of a backup in force are kept.
package probity.metrics.backup_retention

import data.probity.checks.backup_retention as check
import data.probity.operators

compliant if {
	operators.filled(input.backups)
	some backup in input.backups
	backup.enabled == true
	operators.compare(backup.retentionPeriod, check.operator, check.target_value)
}
