# Whether an image is named by its digest.
package probity.metrics.container_image_digest

compliant if {
	type_name(input.image.digest) == "string"
	regex.match(`^sha256:[0-9a-f]{64}$`, input.image.digest)
}
