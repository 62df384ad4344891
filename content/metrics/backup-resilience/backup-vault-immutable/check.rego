# How long stored backups are locked.
package probity.metrics.backup_vault_immutable

import data.probity.checks.backup_vault_immutable as check
import data.probity.operators

compliant if {
	input.immutability.enabled == true
	operators.compare(input.immutability.retentionPeriod, check.operator, check.target_value)
}
