// kill -9 under load: what was acknowledged must be there, once. See README.md.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import type { PlaceOrder } from '@kaibo/contract/trade/order'
import { must } from '@kaibo/kernel/invariant'
import type { SoldSku } from '@kaibo/testkit/commerce'
import { ctxOf } from '@kaibo/testkit/people'
import { reporter } from '../lib/report.ts'
import { checkAll } from './checks.ts'
import { newSku, openSite, type Site } from './site.ts'

const appTrials = 10
const databaseTrials = 5
const appCount = 3
const appsKilled = 2
const stock = 30_000
const limit = 40
const againCount = 200
const minMs = 1_500
const spreadMs = 1_500

type Acked = { number: string; buyer: number; request: PlaceOrder }
type App = { child: ChildProcess; acked: Acked[] }

/** A process that places as fast as it can and tells each acknowledgement. */
function startApp(site: Site, sku: SoldSku): App {
  const buyers = site.buyers.map(({ actor, addressId }) => ({ userId: actor.userId, addressId }))
  const child = spawn(process.execPath, [join(import.meta.dirname, 'crash-app.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin?.end(JSON.stringify({ url: site.url, sku, buyers }))
  child.stdin?.on('error', () => {})
  const acked: Acked[] = []
  const lines = createInterface({ input: must(child.stdout, 'a pipe') })
  lines.on('line', line => {
    // The last line of a killed process may be cut off.
    if (line.endsWith('}')) acked.push(JSON.parse(line))
  })
  return { child, acked }
}

async function kill({ child }: App): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'close')
  child.kill('SIGKILL')
  await ended
}

type Verdict = {
  acked: number
  lost: number
  oversold: number
  breached: number
  differing: number
}

async function judge(site: Site, sku: SoldSku, acked: readonly Acked[]): Promise<Verdict> {
  await checkAll(site)
  const orders = await site.database.query<{ number: string; buyerId: string; quantity: number }>(
    '',
    `select number, buyer_id as "buyerId", quantity
     from order_header header join order_line line on line.order_id = header.id
     where sku_id = $1`,
    [sku.id],
  )
  const there = new Set(orders.map(order => order.number))
  const sold = orders.reduce((sum, order) => sum + order.quantity, 0)
  const byBuyer = Map.groupBy(orders, order => order.buyerId)
  const again = acked.slice(0, againCount).map(async ({ number, buyer, request }) => {
    const { actor } = must(site.buyers[buyer], 'a buyer')
    const answer = await site.market.placement.handlers.place(ctxOf(actor), request)
    return answer.orders[0]?.number === number
  })
  return {
    acked: acked.length,
    lost: acked.filter(order => !there.has(order.number)).length,
    oversold: Math.max(0, sold - stock),
    breached: [...byBuyer.values()].filter(own => own.length > limit).length,
    differing: (await Promise.all(again)).filter(isSame => !isSame).length,
  }
}

/** Waits until the database answers again. */
async function awaitDatabase({ database }: Site): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const isBack = await database.ping().then(
      () => true,
      () => false,
    )
    if (isBack) return
    await delay(100)
  }
  throw new Error('the database does not come back')
}

async function trial(site: Site, victim: 'app' | 'database'): Promise<Verdict> {
  const sku = await newSku(site, { stock, limit })
  const apps = Array.from({ length: appCount }, () => startApp(site, sku))
  while (apps.some(app => app.acked.length === 0)) await delay(50)
  await delay(minMs + Math.random() * spreadMs)
  if (victim === 'database') {
    process.kill(site.pid(), 'SIGKILL')
    await delay(minMs)
    await awaitDatabase(site)
  } else await Promise.all(apps.slice(0, appsKilled).map(kill))
  await delay(500)
  await Promise.all(apps.map(kill))
  // Backends finish what their killed process had sent.
  await delay(1_500)
  return judge(
    site,
    sku,
    apps.flatMap(app => app.acked),
  )
}

const site = await openSite()
const report = reporter('placement', 'kill -9 under load, fsync on')
const trials = { app: appTrials, database: databaseTrials }
let isFine = true
for (const victim of ['app', 'database'] as const) {
  const sums: Record<string, number> = {}
  for (let at = 0; at < trials[victim]; at++)
    for (const [name, value] of Object.entries(await trial(site, victim)))
      sums[name] = (sums[name] ?? 0) + value
  for (const [name, value] of Object.entries(sums)) {
    report({ metric: `crash.${victim}.${name}`, value, unit: 'orders', runs: trials[victim] })
    if (name !== 'acked' && value > 0) isFine = false
  }
}
await site.stop()
process.exitCode = isFine ? 0 : 1
