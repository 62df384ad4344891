# Whether a key or secret ever expires.
package probity.metrics.credentials_expire

applicable if {
	input.enabled == true
	input.managed == false
}

compliant if {
	type_name(input.expirationDate) == "string"
	input.expirationDate != ""
}
