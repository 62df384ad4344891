# Whether a workload lies in a namespace made for it.
package probity.metrics.workloads_outside_default_namespace

compliant if {
	holder := input.related[input.parentId]
	type_name(holder.name) == "string"
	holder.name != "default"
}
