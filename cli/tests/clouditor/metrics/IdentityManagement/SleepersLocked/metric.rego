package cch.metrics.sleepers_locked

import data.cch.compare
import rego.v1

default applicable = false

default compliant = false

day := (((1000 * 1000) * 1000) * 3600) * 24

applicable if input.activated == true

compliant if {
	idle := (time.now_ns() - time.parse_rfc3339_ns(input.lastActivity)) / day
	compare(data.operator, idle, data.target_value)
}
