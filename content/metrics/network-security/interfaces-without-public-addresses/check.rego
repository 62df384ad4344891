# Whether an interface has an address on the internet.
package probity.metrics.interfaces_without_public_addresses

compliant if input.publicIpAddresses == []
