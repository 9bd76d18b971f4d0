import { WebSocket } from 'ws'

/** Opens many viewers and counts the items that reach them; runs in a process of its own. */
let deliveryCount = 0
const latenciesMs: number[] = []

function take(item: unknown): void {
  deliveryCount++
  if (typeof item !== 'object' || item === null || !('at' in item)) return
  if (typeof item.at === 'number' && deliveryCount % 10 === 0)
    latenciesMs.push(Date.now() - item.at)
}

async function open(port: number, ticket: string, isOurs: boolean): Promise<void> {
  const protocols = isOurs ? ['kaibo.v1', `ticket.${ticket}`] : []
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, protocols, { perMessageDeflate: false })
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  if (!isOurs) {
    socket.on('message', text => take(JSON.parse(String(text))))
    return
  }
  const subscribed = new Promise<void>(resolve => {
    socket.on('message', text => {
      const [head, , , ordered, social] = JSON.parse(String(text))
      if (head === '@') return resolve()
      for (const item of ordered) take(item)
      for (const item of social) take(item)
    })
  })
  socket.send(JSON.stringify({ t: 'sub', topic: 'live:1' }))
  await subscribed
}

type Order = { port: number; tickets: string[]; isOurs: boolean } | 'report'

process.on('message', async (order: Order) => {
  if (order === 'report') {
    latenciesMs.sort((a, b) => a - b)
    const latencyMsP99 = latenciesMs[Math.floor(latenciesMs.length * 0.99)] ?? 0
    process.send?.({ deliveryCount, latencyMsP99 })
    return
  }
  for (const ticket of order.tickets) await open(order.port, ticket, order.isOurs)
  process.send?.('ready')
})
