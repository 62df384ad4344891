# Whether a packet filter lets everybody in.
package probity.metrics.firewall_networks_limited

applicable if input.l3Firewall.enabled == true

compliant if {
	type_name(input.l3Firewall.allowedNetworks) == "array"
	every network in input.l3Firewall.allowedNetworks {
		not endswith(network, "/0")
	}
}
