# Which team a policy on incidents names.
package probity.metrics.incident_policy_team

applicable if "incident-response" in input.topics

compliant if {
	type_name(input.responsibleTeam) == "string"
	trim_space(input.responsibleTeam) != ""
}
