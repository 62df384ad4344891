# Whether the file of an advisory is named after its number.
package probity.metrics.advisory_file_name

compliant if {
	type_name(input.trackingId) == "string"
	type_name(input.dataLocation.path) == "string"
	wanted := concat("", [regex.replace(lower(input.trackingId), `[^+\-a-z0-9]+`, "_"), ".json"])
	parts := split(input.dataLocation.path, "/")
	parts[count(parts) - 1] == wanted
}
