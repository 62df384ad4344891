# Whether every known weakness may wait.
package probity.metrics.no_critical_vulnerabilities

import data.probity.operators

compliant if {
	type_name(input.vulnerabilities) == "array"
	every vulnerability in input.vulnerabilities {
		acceptable(vulnerability)
	}
}

acceptable(vulnerability) if {
	vulnerability.exploited == false
	may_wait(vulnerability)
}

may_wait(vulnerability) if vulnerability.severity in ["high", "moderate", "low"]

may_wait(vulnerability) if vulnerability.fixAvailable == false

results contains result if {
	operators.filled(input.vulnerabilities)
	some i, vulnerability in input.vulnerabilities
	not acceptable(vulnerability)
	result := {
		"property": sprintf("vulnerabilities[%d]", [i]),
		"value": vulnerability,
		"target_value": "not exploited, and not critical while there is a fix",
		"operator": "is",
		"success": false,
		"message": sprintf("weakness %d must not wait", [i + 1]),
	}
}
