# Whether every disk attached to a machine is encrypted.
package probity.metrics.virtual_machine_disks_encrypted

import data.probity.operators

applicable if operators.filled(input.blockStorageIds)

compliant if {
	operators.filled(input.blockStorageIds)
	every id in input.blockStorageIds {
		encrypted(id)
	}
}

encrypted(id) if input.related[id].atRestEncryption.enabled == true

results contains result if {
	operators.filled(input.blockStorageIds)
	some i, id in input.blockStorageIds
	enabled := input.related[id].atRestEncryption.enabled
	result := {
		"property": sprintf("blockStorageIds[%d]", [i]),
		"value": enabled,
		"target_value": true,
		"operator": "==",
		"success": operators.holds(enabled, "==", true),
		"message": sprintf("encryption of disk %s", [id]),
	}
}
