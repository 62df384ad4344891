# Whether a control plane on the internet answers to listed networks only.
package probity.metrics.control_plane_access_restricted

import data.probity.operators

applicable if input.internetAccessible == true

compliant if {
	operators.filled(input.allowedNetworks)
	every network in input.allowedNetworks {
		not network in ["0.0.0.0/0", "::/0"]
	}
}
