# Whether all certificates that a load balancer shows can be trusted.
package probity.metrics.load_balancer_certificates_valid

import data.probity.operators

applicable if input.transportEncryption.enabled == true

compliant if {
	operators.filled(input.certificateIds)
	every id in input.certificateIds {
		trustworthy(id)
	}
}

trustworthy(id) if {
	certificate := input.related[id]
	operators.compare(certificate.remainingValidity, ">", 0)
	certificate.selfSigned == false
}
