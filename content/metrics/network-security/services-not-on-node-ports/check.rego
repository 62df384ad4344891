# How a service of a cluster is offered.
package probity.metrics.services_not_on_node_ports

import data.probity.checks.services_not_on_node_ports as check
import data.probity.operators

compliant if operators.compare(input.serviceKind, check.operator, check.target_value)
