// Posts orders over keep-alive connections, each as soon as the last one is answered; prints what
// came back. A process of its own, so that its time is not the server's.
import { readFileSync } from 'node:fs'
import { createConnection } from 'node:net'
import { newId } from '@kaibo/kernel/ids'
import { percentile } from '../lib/report.ts'

type Task = {
  port: number
  connections: number
  ms: number
  /** The body without its order id, which is written where `@id` stands; by buyer. */
  bodies: string[]
}

const task: Task = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'))
const latenciesMs: number[] = []
let refusedCount = 0
let next = 0
const endMs = performance.now() + task.ms

function requestOf(): string {
  const buyer = next++ % task.bodies.length
  const body = (task.bodies[buyer] ?? '').replace('@id', newId())
  const head = `POST /api/orders HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${buyer}`
  const length = Buffer.byteLength(body)
  return `${head}\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n${body}`
}

/** One connection until the time is over. */
function converse(): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const socket = createConnection(task.port, '127.0.0.1')
  socket.setEncoding('latin1').setNoDelay(true)
  let sentMs = 0
  let heard = ''
  const ask = () => {
    if (performance.now() > endMs) {
      socket.end()
      return resolve()
    }
    sentMs = performance.now()
    socket.write(requestOf())
  }
  socket.on('connect', ask).on('error', reject)
  socket.on('data', (text: string) => {
    heard += text
    const bodyAt = heard.indexOf('\r\n\r\n') + 4
    const length = Number(/content-length: (\d+)/i.exec(heard)?.[1] ?? Number.NaN)
    if (bodyAt < 4 || !(heard.length >= bodyAt + length)) return
    if (heard.startsWith('HTTP/1.1 200')) latenciesMs.push(performance.now() - sentMs)
    else refusedCount++
    heard = ''
    ask()
  })
  return promise
}

await Promise.all(Array.from({ length: task.connections }, converse))
process.stdout.write(
  JSON.stringify({
    perSec: (latenciesMs.length * 1_000) / task.ms,
    doneCount: latenciesMs.length,
    refusedCount,
    p50Ms: percentile(latenciesMs, 0.5),
    p99Ms: percentile(latenciesMs, 0.99),
  }),
)
