# Whether a backup in force keeps as many restore points as the backup policy of HyperIoT asks for.
package probity.metrics.restore_points_kept

import data.probity.operators

applicable if operators.filled(input.backups)

# A continuous backup has interval 0: the division fails, and the verdict is an error, not a pass.
compliant if {
	operators.filled(input.backups)
	some backup in input.backups
	backup.enabled == true
	backup.retentionPeriod / backup.interval >= 28
}
