# Whether a container sees files of its host.
package probity.metrics.container_no_host_paths

compliant if input.isolation.hostPaths == []
