# Whether the storage class that a request names makes encrypted volumes.
package probity.metrics.volume_claims_encrypted

compliant if input.related[input.storageClassId].atRestEncryption.enabled == true
