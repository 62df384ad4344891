# Whether all backups in force are encrypted.
package probity.metrics.backup_encrypted

import data.probity.checks.backup_encrypted as check
import data.probity.operators

applicable if operators.filled(input.backups)

compliant if {
	operators.filled(input.backups)
	every backup in input.backups {
		safe(backup)
	}
}

safe(backup) if backup.enabled == false

safe(backup) if operators.compare(backup.atRestEncryption.enabled, check.operator, check.target_value)
