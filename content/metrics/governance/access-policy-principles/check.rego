# Whether a policy on access settles its principles.
package probity.metrics.access_policy_principles

applicable if "access-control" in input.topics

compliant if {
	every principle in principles {
		principle in input.topics
	}
}

principles := ["least-privilege", "need-to-know", "separation-of-duties"]
