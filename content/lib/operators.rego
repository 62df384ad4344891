# The comparisons that metrics share.
#
# A comparison holds or is undefined. It never holds between values of different types, so that a missing, absent or
# mistyped value can never pass: null is not less than 90, and "8" is not more than 17.
package probity.operators

# Equal, and of one type.
compare(actual, "==", target) if {
	type_name(actual) == type_name(target)
	actual == target
}

# Of one type, and different. An absent value differs from nothing.
compare(actual, "!=", target) if {
	type_name(actual) == type_name(target)
	actual != target
}

# Only numbers are ordered: counts, percentages, durations in seconds, sizes in bytes. Versions: compare_versions.
compare(actual, ">=", target) if {
	both_numbers(actual, target)
	actual >= target
}

compare(actual, "<=", target) if {
	both_numbers(actual, target)
	actual <= target
}

compare(actual, ">", target) if {
	both_numbers(actual, target)
	actual > target
}

compare(actual, "<", target) if {
	both_numbers(actual, target)
	actual < target
}

# The value is one of the target list.
compare(actual, "isIn", target) if {
	type_name(target) == "array"
	some wanted in target
	type_name(actual) == type_name(wanted)
	actual == wanted
}

# A list that is not empty, and all of it in the target list.
compare(actual, "allIn", target) if {
	type_name(actual) == "array"
	type_name(target) == "array"
	count(actual) > 0
	every found in actual {
		found in target
	}
}

# A list that has at least one element of the target list.
compare(actual, "hasAny", target) if {
	type_name(actual) == "array"
	type_name(target) == "array"
	some found in actual
	found in target
}

# A list that is there and not empty: what `every` needs before it, since `every` holds for an empty list.
filled(list) if {
	type_name(list) == "array"
	count(list) > 0
}

# The same question as a value, for rules that report both outcomes.
holds(actual, operator, target) := true if compare(actual, operator, target)

holds(actual, operator, target) := false if not compare(actual, operator, target)

# Dotted versions, number by number: 1.10 is above 1.9, and 1.2 equals 1.2.0. Texts of another form are not versions, and
# nothing holds for them.
compare_versions(actual, "==", target) if {
	both_versions(actual, target)
	version_key(actual) == version_key(target)
}

compare_versions(actual, "!=", target) if {
	both_versions(actual, target)
	version_key(actual) != version_key(target)
}

compare_versions(actual, ">=", target) if {
	both_versions(actual, target)
	version_key(actual) >= version_key(target)
}

compare_versions(actual, "<=", target) if {
	both_versions(actual, target)
	version_key(actual) <= version_key(target)
}

compare_versions(actual, ">", target) if {
	both_versions(actual, target)
	version_key(actual) > version_key(target)
}

compare_versions(actual, "<", target) if {
	both_versions(actual, target)
	version_key(actual) < version_key(target)
}

both_numbers(a, b) if {
	type_name(a) == "number"
	type_name(b) == "number"
}

both_versions(a, b) if {
	is_version(a)
	is_version(b)
}

is_version(text) if {
	type_name(text) == "string"
	regex.match(`^[0-9]+(\.[0-9]+)*$`, text)
}

# Each number as (count of its digits, digits without leading zeros), which sorts as numbers do whatever their size.
# Zeros at the end of a version say nothing.
version_key(text) := [[count(digits), digits] |
	some part in split(regex.replace(text, `(\.0+)+$`, ""), ".")
	digits := trim_left(part, "0")
]
