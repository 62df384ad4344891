# The comparisons that imported Clouditor metrics are written for.
#
# They are those of Rego itself: values of different types have an order (null, false, true, numbers, texts, lists, objects), so
# that a text is more than any number. That is how these metrics were written and judged; `probity metric lint` tells where it bites.
# Every call gives true or false where all its arguments have a value.
package cch

compare(operator, target_value, actual_value) := true if meets(operator, target_value, actual_value)

compare(operator, target_value, actual_value) := false if not meets(operator, target_value, actual_value)

# What a metric may put into its `results`. Each metric has an operator and target value of its own: the compiler writes them into
# the call, which then goes to the function below.
comparison_result(property, value) := {"property": property, "value": value}

comparison_result_of(property, value, operator, target_value) := {
	"property": property,
	"value": value,
	"operator": operator,
	"target_value": target_value,
	"success": compare(operator, target_value, value),
}

meets("==", target, actual) if target == actual

meets(">=", target, actual) if actual >= target

meets("<=", target, actual) if actual <= target

meets(">", target, actual) if actual > target

meets("<", target, actual) if actual < target

# One value among the targets.
meets("isIn", target, actual) if {
	single(actual)
	actual in listed(target)
}

# One target among the values, or among the names of an object.
meets("isIn", target, actual) if {
	type_name(target) == "string"
	target in gathered(actual)
}

# Any of the values among the targets.
meets("isIn", target, actual) if {
	some found in gathered(actual)
	found in listed(target)
}

meets("allIn", target, actual) if {
	type_name(actual) == "string"
	actual in listed(target)
}

# All of the values among the targets; also where there are none.
meets("allIn", target, actual) if {
	type_name(actual) == "array"
	every found in actual {
		found in listed(target)
	}
}

# Whether there are any values.
meets("hasAny", target, actual) if {
	type_name(actual) in ["array", "object"]
	target == (count(actual) > 0)
}

single(value) if type_name(value) in ["string", "number"]

# The values of a list, or the names of an object.
gathered(value) := value if type_name(value) == "array"

gathered(value) := object.keys(value) if type_name(value) == "object"

listed(value) := value if type_name(value) in ["array", "set"]
