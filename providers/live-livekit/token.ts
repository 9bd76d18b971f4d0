import { createHmac } from 'node:crypto'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { isSame } from '../live-vendor/index.ts'

export type LiveKitKey = { readonly apiKey: string; readonly apiSecret: string }

/** What a token allows; the names are LiveKit's. */
export type VideoGrant = {
  readonly room?: string
  readonly roomAdmin?: boolean
  readonly roomCreate?: boolean
  readonly roomRecord?: boolean
  readonly ingressAdmin?: boolean
}

/** Clocks of two machines may be this far apart. */
const skewSec = 60

/** An access token: a JWT of HS256, good for `lifeSec`. */
export function signToken(
  { apiKey, apiSecret }: LiveKitKey,
  { video, nowSec, lifeSec }: { video: VideoGrant; nowSec: number; lifeSec: number },
): string {
  const head = encode({ alg: 'HS256', typ: 'JWT' })
  const body = encode({ iss: apiKey, nbf: nowSec - skewSec, exp: nowSec + lifeSec, video })
  return `${head}.${body}.${mac(apiSecret, `${head}.${body}`)}`
}

const Claims = Type.Object({
  iss: Type.String(),
  exp: Type.Number(),
  nbf: Type.Optional(Type.Number()),
  sha256: Type.String(),
})

/** Whether a webhook's `Authorization` is LiveKit's, covers these bytes and is of now. */
export function isSignedWebhook(
  { apiKey, apiSecret }: LiveKitKey,
  webhook: { authorization: string; bodySha256: string; nowSec: number },
): boolean {
  const [head = '', body = '', signature = ''] = webhook.authorization
    .replace(/^Bearer /, '')
    .split('.')
  // The head may name another algorithm: only ours is ever computed.
  if (!isSame(signature, mac(apiSecret, `${head}.${body}`))) return false
  const claims = decode(body)
  return (
    Value.Check(Claims, claims) &&
    claims.iss === apiKey &&
    claims.sha256 === webhook.bodySha256 &&
    claims.exp + skewSec >= webhook.nowSec &&
    (claims.nbf ?? 0) - skewSec <= webhook.nowSec
  )
}

const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')

const decode = (part: string): unknown => {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString())
  } catch {
    return null
  }
}

const mac = (secret: string, text: string) =>
  createHmac('sha256', secret).update(text).digest('base64url')
