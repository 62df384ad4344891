package cch.metrics.scanner_present

import data.cch.compare
import rego.v1
import input.malwareProtection as scanner

default applicable = false

default compliant = false

applicable if {
	scanner
}

compliant if {
	compare(data.operator, data.target_value, scanner.enabled)
}
