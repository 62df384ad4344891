package cch.metrics.machine_disks_sealed

import rego.v1

default applicable = false

default compliant = false

applicable if {
	"VirtualMachine" in input.type
	some _ in input.blockStorageIds
}

compliant if {
	every id in input.blockStorageIds {
		some seal in input.related[id].atRestEncryption
		seal.enabled == true
	}
}
