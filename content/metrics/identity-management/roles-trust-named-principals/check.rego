# Who may take on a role.
package probity.metrics.roles_trust_named_principals

applicable if {
	input.builtIn == false
	input.scope in ["account", "resource-group", "resource"]
}

compliant if {
	type_name(input.trustedPrincipals) == "array"
	every principal in input.trustedPrincipals {
		not principal in everybody
	}
}

everybody := ["*", "allUsers"]
