import { setImmediate as turn } from 'node:timers/promises'
import { systemClock } from '@kaibo/kernel/clock'
import type { Socket } from '../src/connection.ts'
import { createHub, type HubNeeds } from '../src/hub.ts'
import type { Identity } from '../src/identity.ts'
import { webSocketWire } from '../src/wire.ts'
import { createTestBus } from './bus.ts'

/** The text messages inside server frames, checked as a client would (RFC 6455 §5.2). */
export function decodeFrames(bytes: Buffer): string[] {
  const texts: string[] = []
  for (let at = 0; at < bytes.length; ) {
    const short = (bytes[at + 1] ?? 0) & 0x7f
    if ((bytes[at + 1] ?? 0) & 0x80) throw new Error('a server frame must not be masked')
    const head = short === 127 ? 10 : short === 126 ? 4 : 2
    const length =
      head === 10
        ? Number(bytes.readBigUInt64BE(at + 2))
        : head === 4
          ? bytes.readUInt16BE(at + 2)
          : short
    if (bytes[at] === 0x81) texts.push(bytes.toString('utf8', at + head, at + head + length))
    at += head + length
  }
  return texts
}

/** A socket that keeps what was written. While `isReading` is false its queue grows, as TCP's does. */
export function fakeSocket() {
  const writes: Buffer[] = []
  const state = { isReading: true, queuedBytes: 0, closed: undefined as undefined | number }
  const socket: Socket = {
    wire: webSocketWire,
    get writableLength() {
      return state.queuedBytes
    },
    write(bytes) {
      writes.push(bytes)
      if (!state.isReading) state.queuedBytes += bytes.length
    },
    close(code) {
      state.closed = code
    },
  }
  const messages = (): unknown[] => writes.flatMap(decodeFrames).map(text => JSON.parse(text))
  const envelopes = () => messages().filter(isEnvelope)
  return {
    socket,
    state,
    writes,
    messages,
    /** Control messages without their mark. */
    controls: () => messages().flatMap(each => (isControl(each) ? [each.slice(1)] : [])),
    ordered: (topic: string) =>
      envelopes().flatMap(each =>
        each[0] === topic ? each[3].map((item, i) => [each[2] + i, item]) : [],
      ),
    social: (topic: string) => envelopes().flatMap(each => (each[0] === topic ? each[4] : [])),
  }
}

export type FakeSocket = ReturnType<typeof fakeSocket>
type Envelope = [string, string, number, unknown[], unknown[]]

const isControl = (message: unknown): message is ['@', ...unknown[]] =>
  Array.isArray(message) && message[0] === '@'
const isEnvelope = (message: unknown): message is Envelope =>
  Array.isArray(message) && message[0] !== '@'

export const device = (id: string): Identity => ({ id, kind: 'device', roles: [] })

/** A hub on a bus of its own. */
export function startHub(needs: Partial<HubNeeds> = {}) {
  const clock = needs.clock ?? systemClock
  const bus = needs.bus ?? createTestBus().bus
  const hub = createHub({ ...needs, bus, clock })
  return {
    hub,
    bus,
    /** A new client that listens to the topics. */
    join(id: string, ...topics: string[]) {
      const fake = fakeSocket()
      const connection = hub.attach(fake.socket, { identity: device(id) })
      for (const topic of topics) connection.subscribe(topic)
      return { ...fake, connection }
    },
  }
}

/** Lets the ordered lane out: it leaves within a few turns of the event loop. */
export async function turns(count = 6): Promise<void> {
  for (let done = 0; done < count; done++) await turn()
}
