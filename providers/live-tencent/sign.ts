import { createHmac } from 'node:crypto'
import { md5, sha256 } from '../live-vendor/index.ts'

export type Signing = 'md5' | 'sha256'

/**
 * The parameters that let one stream be pushed or played until a moment: `txTime` is that moment in
 * upper-case hex, `txSecret` the digest of key, stream and `txTime`.
 */
export function signStream(
  { key, signing }: { key: string; signing: Signing },
  { stream, expSec }: { stream: string; expSec: number },
): string {
  const txTime = expSec.toString(16).toUpperCase()
  const digest = { md5, sha256 }[signing]
  return new URLSearchParams({ txSecret: digest(key + stream + txTime), txTime }).toString()
}

/** A callback's `sign`: it covers its expiry `t` and nothing else. */
export const callbackSign = (key: string, t: number): string => md5(`${key}${t}`)

export type CloudCall = {
  readonly host: string
  readonly service: string
  readonly action: string
  readonly payload: string
  readonly atSec: number
}

/** The `Authorization` of a call of the cloud's interface 3.0: TC3-HMAC-SHA256 over body and headers. */
export function signTc3(
  { secretId, secretKey }: { secretId: string; secretKey: string },
  { host, service, action, payload, atSec }: CloudCall,
): string {
  const date = new Date(atSec * 1_000).toISOString().slice(0, 10)
  const scope = `${date}/${service}/tc3_request`
  const signedHeaders = 'content-type;host;x-tc-action'
  const headers = [
    `content-type:${jsonType}`,
    `host:${host}`,
    `x-tc-action:${action.toLowerCase()}`,
  ]
  const request = ['POST', '/', '', ...headers, '', signedHeaders, sha256(payload)].join('\n')
  const text = ['TC3-HMAC-SHA256', atSec, scope, sha256(request)].join('\n')
  const key = [date, service, 'tc3_request'].reduce<string | Buffer>(hmac, `TC3${secretKey}`)
  const signature = hmac(key, text).toString('hex')
  return `TC3-HMAC-SHA256 Credential=${secretId}/${scope}, SignedHeaders=${signedHeaders}, Signature=${signature}`
}

export const jsonType = 'application/json; charset=utf-8'

const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest()
