# Whether critical kinds of event raise an alert.
package probity.metrics.critical_activity_alerted

import data.probity.operators

compliant if {
	operators.filled(input.activityLogging.alertedEvents)
	every kind in critical {
		kind in input.activityLogging.alertedEvents
	}
}

critical := [
	"failed-sign-in",
	"firewall-change",
	"key-deletion",
	"permission-change",
	"root-sign-in",
	"trail-change",
]
