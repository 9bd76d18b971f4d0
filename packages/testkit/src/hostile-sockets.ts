import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** Close codes that a hostile client may meet; anything else is a fault of the server. */
export const expectedCloseCodes: readonly number[] = [1002, 1007, 1008, 1009]

export type StormPlan = {
  readonly port: number
  readonly path: string
  /** The same seed sends the same frames. */
  readonly seed: number
  readonly attackerCount: number
  readonly framesEach: number
  newTicket(): string
}

export type StormReport = {
  readonly frameCount: number
  /** How the server ended the connections: close code, or 0 when it only cut the line. */
  readonly endings: ReadonlyMap<number, number>
}

const attackersAtOnce = 20
const endMsMax = 10_000

/** A generator of numbers that is the same everywhere (mulberry32). */
function createDice(seed: number) {
  let state = seed
  return (sides: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides
  }
}

type Dice = ReturnType<typeof createDice>
type Frame = { opcode: number; body: Buffer; isLast?: boolean; isMasked?: boolean; rsv?: number }

/** The bytes of one frame, honest or not. */
export function frame({ opcode, body, isLast = true, isMasked = true, rsv = 0 }: Frame): Buffer {
  const length = body.length
  const head = Buffer.alloc(length < 126 ? 2 : 4)
  head[0] = (isLast ? 0x80 : 0) | (rsv << 4) | opcode
  head[1] = (isMasked ? 0x80 : 0) | Math.min(length, 126)
  if (length >= 126) head.writeUInt16BE(length, 2)
  // A mask of zeros is a mask.
  return Buffer.concat([head, Buffer.alloc(isMasked ? 4 : 0), body])
}

const text = (body: string | Buffer): Buffer => frame({ opcode: 1, body: Buffer.from(body) })

const commands = [
  '{"t":"sub","topic":"live:1"}',
  '{"t":"sub","topic":"user:bob"}',
  '{"t":"sub","topic":"live:1","epoch":"e","oseq":9007199254740991}',
  '{"t":"unsub","topic":"live:1"}',
  '{"t":"count","topic":"live:1","key":"hearts","n":100}',
  '{"t":"ping"}',
]

/** A command with a few of its characters replaced, doubled or cut away. */
function mutated(dice: Dice): string {
  let command = commands[dice(commands.length)] ?? ''
  for (let changes = dice(4); changes > 0; changes--) {
    const at = dice(command.length + 1)
    const odd = ['"', '{', '\u0000', '\u202e', '\u200b', '𝕏', '9'.repeat(40), '__proto__', '<img>']
    command = command.slice(0, at) + (odd[dice(odd.length)] ?? '') + command.slice(at + dice(5))
  }
  return command
}

const noise = (dice: Dice, length: number): Buffer =>
  Buffer.from(Array.from({ length }, () => dice(256)))

/** What no honest client sends, and some that it does. */
const kinds: readonly ((dice: Dice) => Buffer)[] = [
  dice => text(mutated(dice)),
  dice => text(mutated(dice)),
  dice => text(mutated(dice)),
  dice => text(commands[dice(commands.length)] ?? ''),
  dice => text(`{"t":"ping"${' '.repeat(dice(6_000))}}`),
  dice => text('['.repeat(dice(4_000))),
  dice => text(noise(dice, dice(200))),
  dice => frame({ opcode: 2, body: noise(dice, dice(300)) }),
  dice => frame({ opcode: 1, body: Buffer.from(mutated(dice)), isMasked: false }),
  dice => frame({ opcode: 1, body: Buffer.from(mutated(dice)), rsv: dice(8) }),
  dice => frame({ opcode: 3 + dice(13), body: noise(dice, dice(130)) }),
  dice => frame({ opcode: 9, body: noise(dice, dice(126)) }),
  () => frame({ opcode: 10, body: Buffer.alloc(0) }),
  dice => frame({ opcode: 8, body: noise(dice, dice(126)) }),
  // A length of up to 2^63 that never comes.
  dice => Buffer.concat([Buffer.from([0x81, 0xff]), noise(dice, 12)]),
  // A message in pieces, which may never end.
  dice =>
    Buffer.concat([
      frame({ opcode: 1, body: Buffer.from('{"t":'), isLast: false }),
      frame({ opcode: 0, body: Buffer.from('"ping"'), isLast: false }),
      frame({ opcode: 0, body: Buffer.from('}'), isLast: dice(2) === 0 }),
    ]),
  dice => frame({ opcode: 0, body: noise(dice, dice(5_000)), isLast: dice(2) === 0 }),
]

/** Opens a socket by hand; resolves with it after the 101, rejects with the status else. */
export async function shakeHands(
  at: { port: number; path: string },
  protocols: string,
): Promise<Socket> {
  const socket = connect({ port: at.port, host: '127.0.0.1' })
  socket.on('error', () => socket.destroy())
  await once(socket, 'connect')
  socket.write(
    `GET ${at.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      'Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\nSec-WebSocket-Version: 13\r\n' +
      `Sec-WebSocket-Protocol: ${protocols}\r\n\r\n`,
  )
  const [answer] = await once(socket, 'data')
  const status = Number(String(answer).slice(9, 12))
  if (status !== 101) throw new Error(String(status))
  return socket
}

/** The code of the close frame among server frames; 0 when there is none. */
function closeCodeOf(bytes: Buffer): number {
  for (let at = 0; at + 2 <= bytes.length; ) {
    const short = bytes.readUInt8(at + 1)
    const head = short === 127 ? 10 : short === 126 ? 4 : 2
    if (at + head > bytes.length) return 0
    const length =
      short === 127
        ? Number(bytes.readBigUInt64BE(at + 2))
        : short === 126
          ? bytes.readUInt16BE(at + 2)
          : short
    if (bytes[at] === 0x88 && at + head + 2 <= bytes.length) return bytes.readUInt16BE(at + head)
    at += head + length
  }
  return 0
}

/** Hears a socket to its end and says how the server closed it. */
function endingOf(socket: Socket): Promise<number> {
  const heard: Buffer[] = []
  socket.on('data', bytes => heard.push(bytes))
  // A reset line is an end as well.
  return new Promise(resolve =>
    socket.once('close', () => resolve(closeCodeOf(Buffer.concat(heard)))),
  )
}

/** One client that says one thing and waits for the server to close. */
export async function sayAlone(
  at: { port: number; path: string; ticket: string },
  bytes: Buffer,
): Promise<number> {
  const socket = await shakeHands(at, `kaibo.v1, ticket.${at.ticket}`)
  const ending = endingOf(socket)
  socket.write(bytes)
  return ending
}

/** One attacker: sends its frames, every third without ever reading; waits for the end. */
async function attack(plan: StormPlan, dice: Dice): Promise<number> {
  const socket = await shakeHands(plan, `kaibo.v1, ticket.${plan.newTicket()}`)
  const ending = endingOf(socket)
  if (dice(3) === 0) socket.pause()
  const favourite = dice(2) === 0 ? kinds[dice(kinds.length)] : undefined
  for (let sent = 0; sent < plan.framesEach && !socket.destroyed; sent++) {
    const kind = favourite ?? kinds[dice(kinds.length)]
    if (kind) socket.write(kind(dice))
  }
  // Whoever has got away with it so far leaves without a word.
  const patience = setTimeout(() => socket.destroy(), dice(2) === 0 ? 50 : endMsMax)
  socket.resume()
  socket.end()
  const code = await ending
  clearTimeout(patience)
  return code
}

/** Many hostile clients, some at a time. */
export async function storm(plan: StormPlan): Promise<StormReport> {
  const endings = new Map<number, number>()
  let next = 0
  const work = async () => {
    while (next < plan.attackerCount) {
      const code = await attack(plan, createDice(plan.seed + next++))
      endings.set(code, (endings.get(code) ?? 0) + 1)
    }
  }
  await Promise.all(Array.from({ length: attackersAtOnce }, work))
  return { frameCount: plan.attackerCount * plan.framesEach, endings }
}
