# Whether a role over a whole cluster may read its secrets.
package probity.metrics.cluster_secrets_read_by_name

import data.probity.operators

applicable if {
	input.builtIn == false
	input.scope == "cluster"
}

compliant if {
	type_name(input.permissions) == "array"
	every permission in input.permissions {
		harmless(permission)
	}
}

harmless(permission) if permission.effect == "deny"

harmless(permission) if {
	type_name(permission.actions) == "array"
	every action in permission.actions {
		not action in ["*", "get", "list", "watch"]
	}
}

harmless(permission) if {
	type_name(permission.resources) == "array"
	every resource in permission.resources {
		not resource in ["*", "secrets"]
	}
}

# Secrets belong to the core group, which has no name.
harmless(permission) if {
	operators.filled(permission.apiGroups)
	every group in permission.apiGroups {
		not group in ["*", ""]
	}
}
