import { createSecretKey } from 'node:crypto'
import type { RTCDtlsTransport } from 'werift'

/**
 * Turns a connection's SRTP keys into key objects. werift hands raw bytes to `createCipheriv` and
 * `createHmac` for every packet, which costs Node about 20 µs each time; a key object costs none.
 */
export const prepareSrtpKeys = ({ srtp }: RTCDtlsTransport): void => {
  for (const { cipher, srtpSessionKey, srtpSessionAuthTag } of [
    srtp.localContext,
    srtp.remoteContext,
  ]) {
    Object.assign(cipher, {
      srtpSessionKey: createSecretKey(srtpSessionKey),
      // The authentication key of AES-CTR; AES-GCM has none and does not look.
      srtpSessionAuthTag: createSecretKey(srtpSessionAuthTag),
    })
  }
}
