# Whether bad requests are refused at the entries that the internet reaches.
package probity.metrics.web_application_firewall_blocking

import data.probity.checks.web_application_firewall_blocking as check
import data.probity.operators

applicable if input.internetAccessible == true

compliant if {
	input.webApplicationFirewall.enabled == true
	operators.compare(input.webApplicationFirewall.blocking, check.operator, check.target_value)
}
