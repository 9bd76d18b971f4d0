import { setTimeout as delay } from 'node:timers/promises'
import { subprotocol, ticketPrefix } from '@kaibo/realtime/protocol'
import { WebSocket } from 'ws'

/** What a server said: `[topic, epoch, oseq, ordered, social]` or `['@', …]`. */
type Message = readonly unknown[]

export type TestSocket = {
  send(command: object | string | Buffer): void
  /** Hears a topic; resolves with `sub`, or the code of the refusal. */
  hear(topic: string): Promise<string>
  /** The first item of a kind on a topic that comes within the time; undefined when none does. */
  item(topic: string, kind: string, withinMs?: number): Promise<unknown>
  /** The code with which a topic that was heard is taken away; undefined when it stays. */
  refused(topic: string): Promise<unknown>
  /** Resolves with the code when the server closes. */
  closed: Promise<number>
  close(): void
}

export type SocketOptions = { ticket?: string; origin?: string; protocols?: readonly string[] }

/** Opens a socket like a page does. Rejects with the status of a refused handshake. */
export function openSocket(port: number, options: SocketOptions): Promise<TestSocket> {
  const { ticket = '', origin, protocols = [subprotocol, ticketPrefix + ticket] } = options
  const socket = new WebSocket(`ws://127.0.0.1:${port}/realtime`, [...protocols], {
    ...(origin === undefined ? {} : { origin }),
  })
  const heard: Message[] = []
  socket.on('message', data => heard.push(JSON.parse(String(data))))
  const closed = new Promise<number>(resolve => socket.on('close', code => resolve(code)))
  const find = async (pick: (message: Message) => unknown, withinMs: number) => {
    for (const untilMs = Date.now() + withinMs; ; await delay(10)) {
      const found = heard.map(pick).find(one => one !== undefined)
      if (found !== undefined || Date.now() > untilMs) return found
    }
  }
  const test: TestSocket = {
    closed,
    send: command =>
      socket.send(
        typeof command === 'string' || Buffer.isBuffer(command) ? command : JSON.stringify(command),
      ),
    async hear(topic) {
      test.send({ t: 'sub', topic })
      const answer = await find(
        ([at, kind, first, second]) =>
          at !== '@' ? undefined : first === topic ? kind : second === topic ? first : undefined,
        5_000,
      )
      return String(answer)
    },
    item: (topic, kind, withinMs = 5_000) =>
      find(
        ([at, , , ordered, social]) => (at === topic ? itemOf(ordered, social, kind) : undefined),
        withinMs,
      ),
    refused: topic =>
      find(
        ([at, kind, code, name]) =>
          at === '@' && kind === 'error' && name === topic ? code : undefined,
        5_000,
      ),
    close: () => socket.close(),
  }
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(test))
    socket.on('unexpected-response', (_request, response) => reject(response.statusCode))
    socket.on('error', reject)
  })
}

function itemOf(ordered: unknown, social: unknown, kind: string): unknown {
  const items: unknown[] = [ordered, social].flat()
  return items.find(item => typeof item === 'object' && item && 't' in item && item.t === kind)
}
