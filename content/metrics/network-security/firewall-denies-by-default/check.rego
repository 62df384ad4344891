# Whether a packet filter in force drops what no rule names.
package probity.metrics.firewall_denies_by_default

import data.probity.checks.firewall_denies_by_default as check
import data.probity.operators

compliant if {
	input.l3Firewall.enabled == true
	operators.compare(input.l3Firewall.denyByDefault, check.operator, check.target_value)
}
