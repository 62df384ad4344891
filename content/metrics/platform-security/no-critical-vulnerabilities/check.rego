# Whether every known weakness may wait.
package probity.metrics.no_critical_vulnerabilities

compliant if {
	type_name(input.vulnerabilities) == "array"
	every vulnerability in input.vulnerabilities {
		vulnerability.exploited == false
		may_wait(vulnerability)
	}
}

may_wait(vulnerability) if vulnerability.severity in ["high", "moderate", "low"]

may_wait(vulnerability) if vulnerability.fixAvailable == false
