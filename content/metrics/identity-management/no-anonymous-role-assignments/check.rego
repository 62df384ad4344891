# Whether a grant names somebody who never signed in.
package probity.metrics.no_anonymous_role_assignments

import data.probity.operators

applicable if operators.filled(input.subjects)

compliant if {
	operators.filled(input.subjects)
	every subject in input.subjects {
		not subject in everybody
	}
}

everybody := ["*", "allUsers", "system:anonymous", "system:unauthenticated"]
