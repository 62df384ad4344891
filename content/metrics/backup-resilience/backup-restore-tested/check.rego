# How long ago a restore was last tried with success.
package probity.metrics.backup_restore_tested

import data.probity.checks.backup_restore_tested as check
import data.probity.operators

compliant if {
	operators.filled(input.backups)
	some backup in input.backups
	operators.compare(backup.timeSinceRestoreTest, check.operator, check.target_value)
}
