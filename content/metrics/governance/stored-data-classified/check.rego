# Whether stored data is labelled with its classification.
package probity.metrics.stored_data_classified

compliant if {
	some name in ["classification", "data-classification"]
	value := input.labels[name]
	type_name(value) == "string"
	value != ""
}
