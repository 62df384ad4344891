# Whether a role allows every action on something.
package probity.metrics.roles_name_their_actions

import data.probity.operators

applicable if input.builtIn == false

compliant if {
	type_name(input.permissions) == "array"
	every permission in input.permissions {
		named(permission)
	}
}

named(permission) if permission.effect == "deny"

named(permission) if {
	operators.filled(permission.actions)
	every action in permission.actions {
		not all_actions(action)
	}
}

# A star alone, or behind the name of a service, as in `s3:*`.
all_actions(action) if endswith(action, "*")
