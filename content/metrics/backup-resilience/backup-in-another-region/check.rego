# Whether a backup in force is kept in another region than the original.
package probity.metrics.backup_in_another_region

import data.probity.operators

compliant if {
	operators.filled(input.backups)
	some backup in input.backups
	backup.enabled == true
	operators.compare(backup.geoLocation.region, "!=", input.geoLocation.region)
}
