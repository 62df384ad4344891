# Whether feeds are reached over HTTPS.
package probity.metrics.advisory_feeds_encrypted

import data.probity.operators

compliant if {
	operators.filled(input.feedUrls)
	every url in input.feedUrls {
		startswith(lower(url), "https://")
	}
}
