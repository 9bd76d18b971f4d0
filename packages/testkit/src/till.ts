import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Edge, EdgeReply } from '@kaibo/contract/core/edge'
import type { Database } from '@kaibo/db/database'
import { silentLog } from '@kaibo/db/log'
import { createOutbox, type Outbox } from '@kaibo/db/outbox'
import { systemClock } from '@kaibo/kernel/clock'
import { isFailure } from '@kaibo/kernel/fail'
import { createLedger, type Ledger } from '@kaibo/modules/ledger'
import { createPay, type Notification, type Pay, type PaymentGateway } from '@kaibo/modules/pay'
import { createPaymentSandbox, type PaymentSandbox } from '@kaibo/providers/payment-sandbox'
import type { Commerce } from './commerce.ts'

/** Payments as one process has them. */
export type Payments = { pay: Pay; ledger: Ledger; sandbox: PaymentSandbox; outbox: Outbox }

type Line = 'through' | 'down' | 'cut'

export type Till = Payments & {
  /**
   * What happens to a call (`create`, `query`, `close`, `refund`, `bill`) of ours: `down` = it does
   * not arrive; `cut` = the bank acts, but its answer is lost.
   */
  line(call: string, body: string): Line | Promise<Line>
  /** What happens to the bank's notifications. */
  notices: 'through' | 'lost'
  /** Every notification that was sent, lost ones included. */
  sent: Notification[]
  /** The buyer presses the button of the cashier; what the page then shows. */
  payAt(cashierUrl: string | null): Promise<string>
  /** The same payments in another process. */
  elsewhere(database: Database, commerce: Pick<Commerce, 'order'>): Payments
  close(): void
}

const deriveKey = (purpose: string) => createHash('sha256').update(`test ${purpose}`).digest()
const clock = systemClock

type PaymentsNeeds = {
  database: Database
  order: Commerce['order']
  baseUrl: string
  /** Which channel a trade was opened at: the two share one bank. */
  channelOf: Map<string, string>
}

/** The sandbox under another name, so that an order can be paid at two channels. */
const channelAt = (
  sandbox: PaymentGateway,
  { id, channelOf }: { id: string } & Pick<PaymentsNeeds, 'channelOf'>,
): PaymentGateway => ({
  ...sandbox,
  id,
  create: trade => {
    channelOf.set(trade.tradeNo, id)
    return sandbox.create(trade)
  },
  bill: async page =>
    (await sandbox.bill(page)).filter(({ tradeNo }) => channelOf.get(tradeNo) === id),
})

function createPayments({ database, order, baseUrl, channelOf }: PaymentsNeeds): Payments {
  const ledger = createLedger({ database, checkAll: () => pay.check(database.db) })
  const own = { database, clock, deriveKey, baseUrl, isServing: true, allowed: true }
  const sandbox = createPaymentSandbox(own)
  const pay: Pay = createPay({
    database,
    log: silentLog,
    order,
    ledger,
    gateways: ['sandbox', 'other'].map(id => channelAt(sandbox.gateway, { id, channelOf })),
    callbackUrl: baseUrl,
  })
  const subscribers = [...pay.subscribers, ...ledger.subscribers]
  return { pay, ledger, sandbox, outbox: createOutbox({ database, subscribers }) }
}

/**
 * Real payments at the channels `sandbox` and `other`, with the real sandbox bank behind a real port
 * and hands on the line between them.
 */
export async function openTill(
  database: Database,
  { order }: Pick<Commerce, 'order'>,
): Promise<Till> {
  const server = createServer((request, response) => {
    answer(till, request, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const shared = { baseUrl: `http://127.0.0.1:${port}`, channelOf: new Map<string, string>() }
  const till: Till = {
    ...createPayments({ database, order, ...shared }),
    line: () => 'through',
    notices: 'through',
    sent: [],
    payAt: async url => (await fetch(`${shared.baseUrl}${url}&lang=en`, { method: 'POST' })).text(),
    elsewhere: (pool, commerce) =>
      createPayments({ database: pool, order: commerce.order, ...shared }),
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
  return till
}

async function answer(till: Till, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? '/', 'http://test')
  const rawBody = Buffer.concat(await request.toArray())
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  )
  const notified = /^\/callbacks\/payment\/(\w+)$/.exec(url.pathname)
  if (notified) {
    till.sent.push({ headers, rawBody })
    if (till.notices === 'lost') return response.destroy()
    return send(response, await heard(till, notified[1] ?? '', { headers, rawBody }))
  }
  const call = /^\/sandbox\/v1\/(\w+)$/.exec(url.pathname)?.[1]
  const line = call ? await till.line(call, rawBody.toString()) : 'through'
  if (line === 'down') return response.destroy()
  const [edge, params] = route(till.sandbox.edges, String(request.method), url.pathname)
  const query = Object.fromEntries(url.searchParams)
  const reply = await edge.handle({ params, query, headers, rawBody })
  if (line === 'cut') return response.destroy()
  send(response, reply)
}

async function heard(till: Till, channel: string, notification: Notification): Promise<EdgeReply> {
  try {
    return await till.pay.notify(channel, notification)
  } catch (error) {
    const code = isFailure(error) ? error.code : 'server.failed'
    return { status: 400, contentType: 'text/plain', body: code }
  }
}

function route(edges: readonly Edge[], method: string, path: string) {
  for (const edge of edges) {
    const names = [...edge.path.matchAll(/:(\w+)/g)].map(match => match[1] ?? '')
    const match = new RegExp(`^${edge.path.replaceAll(/:\w+/g, '([^/]+)')}$`).exec(path)
    if (!match || edge.method !== method) continue
    return [edge, Object.fromEntries(names.map((name, at) => [name, match[at + 1] ?? '']))] as const
  }
  throw new Error(`nobody answers ${method} ${path}`)
}

const send = (response: ServerResponse, { status, contentType, headers, body }: EdgeReply) =>
  response.writeHead(status, { ...headers, 'content-type': contentType }).end(body)
