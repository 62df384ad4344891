# How long serious weaknesses have been waiting.
package probity.metrics.weaknesses_mended_in_time

import data.probity.checks.weaknesses_mended_in_time as check
import data.probity.operators

compliant if {
	type_name(input.vulnerabilities) == "array"
	every vulnerability in input.vulnerabilities {
		in_time(vulnerability)
	}
}

in_time(vulnerability) if vulnerability.severity in ["moderate", "low"]

in_time(vulnerability) if vulnerability.fixAvailable == false

in_time(vulnerability) if operators.compare(vulnerability.age, check.operator, check.target_value)
