import { createHmac } from 'node:crypto'
import { md5, sha256 } from '../live-vendor/index.ts'

/**
 * The parameter that lets one address be pushed or played (authentication type A). The cloud takes it
 * until `atSec` and the validity period of the domain after that. `rand` must not hold `-`.
 */
export function signUri(
  key: string,
  { uri, atSec, rand }: { uri: string; atSec: number; rand: string },
): string {
  const head = `${atSec}-${rand}-0`
  return `auth_key=${head}-${md5(`${uri}-${head}-${key}`)}`
}

/** What a callback to `host` is signed with; neither its body nor its query is covered. */
export const callbackSign = (key: string, { host, at }: { host: string; at: string }): string =>
  md5(`${host}|${at}|${key}`)

export type CloudCall = {
  readonly host: string
  readonly action: string
  readonly version: string
  readonly query: Readonly<Record<string, string>>
  /** `2026-11-25T02:00:00Z` */
  readonly date: string
  readonly nonce: string
}

const emptyHash = sha256('')

/** Address query and headers of an RPC call, ACS3-HMAC-SHA256 over all of them. */
export function signAcs3(
  { accessKeyId, accessKeySecret }: { accessKeyId: string; accessKeySecret: string },
  call: CloudCall,
): { query: string; headers: Record<string, string> } {
  const query = Object.entries(call.query)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .sort()
    .join('&')
  const headers: Record<string, string> = {
    host: call.host,
    'x-acs-action': call.action,
    'x-acs-content-sha256': emptyHash,
    'x-acs-date': call.date,
    'x-acs-signature-nonce': call.nonce,
    'x-acs-version': call.version,
  }
  const names = Object.keys(headers).join(';')
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}`)
  const request = ['POST', '/', query, ...lines, '', names, emptyHash].join('\n')
  const signature = createHmac('sha256', accessKeySecret)
    .update(`ACS3-HMAC-SHA256\n${sha256(request)}`)
    .digest('hex')
  const authorization = `ACS3-HMAC-SHA256 Credential=${accessKeyId},SignedHeaders=${names},Signature=${signature}`
  return { query, headers: { ...headers, authorization } }
}

/** RFC 3986: what `encodeURIComponent` leaves is encoded too. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    char => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
