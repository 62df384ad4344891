# Which permissions of a role allow everything on everything.
package probity.metrics.no_wildcard_permissions

import data.probity.operators

applicable if input.builtIn == false

compliant if {
	type_name(input.permissions) == "array"
	every permission in input.permissions {
		limited(permission)
	}
}

limited(permission) if permission.effect == "deny"

limited(permission) if names_each(permission.actions)

limited(permission) if names_each(permission.resources)

names_each(names) if {
	type_name(names) == "array"
	every name in names {
		name != "*"
	}
}

results contains result if {
	operators.filled(input.permissions)
	some i, permission in input.permissions
	not limited(permission)
	result := {
		"property": sprintf("permissions[%d].actions", [i]),
		"value": permission.actions,
		"target_value": ["*"],
		"operator": "not all of",
		"success": false,
		"message": sprintf("permission %d allows every action on every resource", [i + 1]),
	}
}
