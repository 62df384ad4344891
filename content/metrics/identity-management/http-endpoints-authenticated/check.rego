# Whether every HTTP interface asks callers who they are.
package probity.metrics.http_endpoints_authenticated

import data.probity.operators

applicable if operators.filled(input.httpEndpoints)

compliant if {
	operators.filled(input.httpEndpoints)
	every endpoint in input.httpEndpoints {
		operators.filled(endpoint.authentication)
	}
}
