# Whether a backup in force is kept in a vault of backups.
package probity.metrics.backup_in_vault

import data.probity.operators

compliant if {
	operators.filled(input.backups)
	some backup in input.backups
	backup.enabled == true
	"BackupVault" in input.related[backup.storageId].type
}
