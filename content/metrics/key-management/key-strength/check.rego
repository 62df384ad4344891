# Whether a key is long enough for its algorithm.
package probity.metrics.key_strength

import data.probity.operators

applicable if least_bits[input.algorithm]

compliant if operators.compare(input.keySize, ">=", least_bits[input.algorithm])

least_bits := {
	"AES": 128,
	"EC": 256,
	"HMAC": 256,
	"RSA": 3072,
}
