# Whether every HTTP interface insists on encryption.
package probity.metrics.http_endpoints_encrypted

import data.probity.checks.http_endpoints_encrypted as check
import data.probity.operators

applicable if operators.filled(input.httpEndpoints)

compliant if {
	operators.filled(input.httpEndpoints)
	every endpoint in input.httpEndpoints {
		operators.compare(endpoint.transportEncryption.enforced, check.operator, check.target_value)
	}
}
