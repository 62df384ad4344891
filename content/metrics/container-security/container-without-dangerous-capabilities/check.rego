# Which dangerous capabilities a container is given.
package probity.metrics.container_without_dangerous_capabilities

compliant if {
	type_name(input.isolation.capabilitiesAdded) == "array"
	every capability in input.isolation.capabilitiesAdded {
		not capability in dangerous
	}
}

dangerous := [
	"ALL",
	"BPF",
	"DAC_READ_SEARCH",
	"NET_ADMIN",
	"NET_RAW",
	"PERFMON",
	"SYS_ADMIN",
	"SYS_BOOT",
	"SYS_MODULE",
	"SYS_PTRACE",
	"SYS_RAWIO",
]
