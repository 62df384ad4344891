# Whether machines get a public address without asking.
package probity.metrics.subnetwork_without_public_addresses

import data.probity.checks.subnetwork_without_public_addresses as check
import data.probity.operators

compliant if operators.compare(input.publicAddressOnLaunch, check.operator, check.target_value)
