import {
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from 'node:crypto'

/** Both sides of the channel sign with Ed25519; each knows the other's public key only. */
export type KeyPair = { readonly privateKey: KeyObject; readonly publicKey: KeyObject }

/** RFC 8410: the PKCS #8 head of an Ed25519 private key, before its 32 bytes. */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The key pair of a 32-byte seed. */
export function keyPairOf(seed: Buffer): KeyPair {
  const privateKey = createPrivateKey({
    key: Buffer.concat([pkcs8Head, seed]),
    format: 'der',
    type: 'pkcs8',
  })
  return { privateKey, publicKey: createPublicKey(privateKey) }
}

/** How far a signed message's clock may be off, both ways. */
export const skewMsMax = 300_000

export const headerNames = {
  timestamp: 'x-sandbox-timestamp',
  nonce: 'x-sandbox-nonce',
  signature: 'x-sandbox-signature',
} as const

type Signed = { readonly timestamp: string; readonly nonce: string; readonly body: Uint8Array }

/** What is signed: time, nonce and the exact bytes of the body, a line each. */
const message = ({ timestamp, nonce, body }: Signed): Buffer =>
  Buffer.concat([Buffer.from(`${timestamp}\n${nonce}\n`), body, Buffer.from('\n')])

/** Headers that vouch for a body. */
export function signHeaders(key: KeyObject, body: Uint8Array, now: Date): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1_000))
  const nonce = randomBytes(16).toString('hex')
  const signature = sign(null, message({ timestamp, nonce, body }), key).toString('base64')
  return {
    [headerNames.timestamp]: timestamp,
    [headerNames.nonce]: nonce,
    [headerNames.signature]: signature,
  }
}

/** Whether the headers vouch for the body: the right key, and not older or newer than the skew. */
export function isSignedBy(
  key: KeyObject,
  from: { headers: Readonly<Record<string, string | undefined>>; body: Uint8Array; now: Date },
): boolean {
  const timestamp = from.headers[headerNames.timestamp] ?? ''
  const nonce = from.headers[headerNames.nonce] ?? ''
  const signature = from.headers[headerNames.signature] ?? ''
  const isFresh = Math.abs(Number(timestamp) * 1_000 - from.now.getTime()) <= skewMsMax
  if (!/^\d{1,12}$/.test(timestamp) || !isFresh) return false
  return verify(
    null,
    message({ timestamp, nonce, body: from.body }),
    key,
    Buffer.from(signature, 'base64'),
  )
}
