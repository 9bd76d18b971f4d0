import { createHmac, randomInt } from 'node:crypto'
import { deflateSync } from 'node:zlib'

export type AgoraProject = { readonly appId: string; readonly certificate: string }

const rtcService = 1
const joinPrivilege = 1
const publishPrivileges = [2, 3, 4]
const saltMax = 99_999_999

export type TokenFor = {
  readonly channel: string
  /** 0 = whoever has the token. */
  readonly uid: number
  /** Who may not publish hears and sees only. */
  readonly role: 'publisher' | 'subscriber'
  readonly nowSec: number
  readonly lifeSec: number
}

/**
 * An RTC token of Agora's form 007: version, then base64 of deflated little-endian fields under two
 * rounds of HMAC-SHA256. Written from the vendor's open SDK, which reads it in the tests.
 */
export function signRtcToken({ appId, certificate }: AgoraProject, wanted: TokenFor): string {
  const salt = randomInt(1, saltMax)
  const privileges = [joinPrivilege, ...(wanted.role === 'publisher' ? publishPrivileges : [])]
  const service = Buffer.concat([
    uint16(rtcService),
    uint16(privileges.length),
    ...privileges.flatMap(privilege => [uint16(privilege), uint32(wanted.lifeSec)]),
    text(wanted.channel),
    text(wanted.uid === 0 ? '' : String(wanted.uid)),
  ])
  const signed = Buffer.concat([
    text(appId),
    uint32(wanted.nowSec),
    uint32(wanted.lifeSec),
    uint32(salt),
    uint16(1),
    service,
  ])
  const key = hmac(uint32(salt), hmac(uint32(wanted.nowSec), Buffer.from(certificate)))
  const content = Buffer.concat([sized(hmac(key, signed)), signed])
  return `007${deflateSync(content).toString('base64')}`
}

const hmac = (key: Buffer, message: Buffer): Buffer =>
  createHmac('sha256', key).update(message).digest()

const uint16 = (value: number) => {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}
const uint32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
const sized = (bytes: Buffer) => Buffer.concat([uint16(bytes.length), bytes])
const text = (value: string) => sized(Buffer.from(value))
