# Whether a workload acts under an account made for it.
package probity.metrics.workloads_have_own_service_account

compliant if {
	account := input.related[input.serviceAccountId]
	type_name(account.name) == "string"
	account.name != "default"
}
