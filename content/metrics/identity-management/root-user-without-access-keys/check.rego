# Whether programs could act in the name of the root user.
package probity.metrics.root_user_without_access_keys

applicable if input.rootUser == true

compliant if {
	type_name(input.accessKeys) == "array"
	every key in input.accessKeys {
		key.enabled == false
	}
}
