# As which user an image starts.
package probity.metrics.container_image_user

compliant if {
	type_name(input.user) == "string"
	not root(input.user)
}

root(user) if regex.match(`^(root|0+)?(:.*)?$`, user)
