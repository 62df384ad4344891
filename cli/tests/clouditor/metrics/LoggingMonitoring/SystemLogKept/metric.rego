package cch.metrics.system_log_kept

import data.cch.compare
import rego.v1
import input.osLogging as journal

default applicable = false

default compliant = false

applicable if journal

compliant if {
	# how many days the journal goes back
	days := time.parse_duration_ns(journal.retentionPeriod) / ((((1000 * 1000) * 1000) * 60) * 60)
	compare(data.operator, data.target_value, days)
}

message := "the journal is thrown away too early" if not compliant
