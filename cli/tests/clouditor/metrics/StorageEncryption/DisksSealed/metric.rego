package cch.metrics.disks_sealed

import data.cch.compare
import rego.v1
import data.cch.comparison_result

default applicable = false

default compliant = false

applicable if {
	some seal in input.atRestEncryption
	seal
}

compliant if {
	some seal in input.atRestEncryption
	compare(data.operator, data.target_value, seal.enabled)
}

results := [result |
	some kind, seal in input.atRestEncryption
	result := comparison_result(sprintf("atRestEncryption.%s.enabled", [kind]), seal.enabled)
]
