# Whether the platform gives a machine an identity.
package probity.metrics.machines_have_identities

import data.probity.operators

compliant if operators.filled(input.identityIds)
