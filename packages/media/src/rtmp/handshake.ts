import { randomBytes } from 'node:crypto'

const VERSION = 3
const PACKET_BYTES = 1536
const NONE = Buffer.alloc(0)

/** What a step of the handshake yields: bytes to send, and, once it is over, the bytes after it. */
export type HandshakeStep = { readonly reply: Buffer; readonly rest?: Buffer }
export type Handshake = (bytes: Buffer) => HandshakeStep

/** Time and version stay zero, which tells the peer to use the plain handshake without digests. */
const randomPacket = (): Buffer => Buffer.concat([Buffer.alloc(8), randomBytes(PACKET_BYTES - 8)])

/** The server's side: awaits C0+C1, answers S0+S1+S2, awaits C2. Throws on another protocol. */
export const createServerHandshake = (): Handshake => {
  let pending = NONE
  let isGreeted = false
  return bytes => {
    pending = Buffer.concat([pending, bytes])
    let reply = NONE
    if (!isGreeted) {
      if (pending.length > 0 && pending[0] !== VERSION) throw new Error('rtmp: not RTMP')
      if (pending.length < 1 + PACKET_BYTES) return { reply }
      const c1 = pending.subarray(1, 1 + PACKET_BYTES)
      reply = Buffer.concat([Buffer.from([VERSION]), randomPacket(), c1])
      pending = pending.subarray(1 + PACKET_BYTES)
      isGreeted = true
    }
    if (pending.length < PACKET_BYTES) return { reply }
    return { reply, rest: pending.subarray(PACKET_BYTES) }
  }
}

/** C0+C1, the first bytes that a client sends. */
export const clientGreeting = (): Buffer => Buffer.concat([Buffer.from([VERSION]), randomPacket()])

/** The client's side after its greeting: awaits S0+S1+S2, answers C2. */
export const createClientHandshake = (): Handshake => {
  let pending = NONE
  return bytes => {
    pending = Buffer.concat([pending, bytes])
    if (pending.length > 0 && pending[0] !== VERSION) throw new Error('rtmp: not RTMP')
    if (pending.length < 1 + 2 * PACKET_BYTES) return { reply: NONE }
    const s1 = Buffer.from(pending.subarray(1, 1 + PACKET_BYTES))
    return { reply: s1, rest: pending.subarray(1 + 2 * PACKET_BYTES) }
  }
}
