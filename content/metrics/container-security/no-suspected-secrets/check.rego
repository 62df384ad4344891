# Whether settings look like credentials.
package probity.metrics.no_suspected_secrets

compliant if input.suspectedSecrets == []
