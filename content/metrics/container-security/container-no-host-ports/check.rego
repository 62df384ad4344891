# Whether a container takes ports of its host.
package probity.metrics.container_no_host_ports

compliant if input.isolation.hostPorts == []
