import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { isFailure } from '@kaibo/kernel/fail'
import { must } from '@kaibo/kernel/invariant'
import { fen, minusFen } from '@kaibo/kernel/money'
import { orderRequest, type SoldSku } from '@kaibo/testkit/commerce'
import { ctxOf } from '@kaibo/testkit/people'
import { inMemory, openApi } from './api.ts'
import { type Cart, type CartSource, couponFen, createPlain } from './carts.ts'
import { checkAll, checkSku } from './checks.ts'
import { decided, openLane, pageOf } from './lane.ts'
import { drive, type Outcome } from './load.ts'
import { createNaive } from './naive.ts'
import { newSku, type Site } from './site.ts'

export const segmentMs = Number(process.env.KAIBO_BENCH_MS ?? 2_500)
const plenty = 1_000_000
const refusals = ['stock.sold_out', 'price.limit_reached', 'order.busy']

const isRefusal = (error: unknown) => refusals.some(code => isFailure(error, code))

/** Places through the module's face, reads and price included; false when it is refused. */
async function placeOurs({ market }: Site, { buyer, goods, copyId }: Cart): Promise<boolean> {
  const request = orderRequest(buyer, goods)
  const cheaper = copyId !== null && {
    couponIds: [copyId],
    expectedPayableFen: minusFen(request.expectedPayableFen, fen(couponFen)),
  }
  try {
    await market.placement.handlers.place(ctxOf(buyer.actor), { ...request, ...cheaper })
    return true
  } catch (error) {
    if (isRefusal(error)) return false
    throw error
  }
}

/** One piece for one buyer after the other. */
const onePiece = ({ buyers }: Site, sku: SoldSku, at: number): Cart => ({
  buyer: must(buyers[at % buyers.length], 'a buyer'),
  goods: [{ sku, quantity: 1 }],
  copyId: null,
})

/** One SKU that never ends, with a limit per person that nobody reaches. */
export async function hotOurs(site: Site, clients: number): Promise<Outcome> {
  const sku = await newSku(site, { stock: plenty, limit: plenty })
  let next = 0
  const attempt = () => placeOurs(site, onePiece(site, sku, next++))
  const outcome = await drive({ clients, ms: segmentMs, attempt })
  await checkSku(site, sku, { stock: plenty, ackedCount: outcome.doneCount, limit: plenty })
  return outcome
}

/** Orders that are decided, on their way to the disk: the part that a naive transaction does. */
export async function hotLane(site: Site, clients: number): Promise<Outcome> {
  const sku = await newSku(site, { stock: plenty, limit: plenty })
  const page = await pageOf(site, sku)
  const lane = openLane(site)
  let next = 0
  const attempt = async () => {
    const buyer = must(site.buyers[next++ % site.buyers.length], 'a buyer')
    const { userId: buyerId } = buyer.actor
    const { is } = await lane.ask(decided(site, { sku, page, buyerId }, plenty))
    return is === 'placed'
  }
  const outcome = await drive({ clients, ms: segmentMs, attempt })
  await checkSku(site, sku, { stock: plenty, ackedCount: outcome.doneCount, limit: plenty })
  return outcome
}

export async function hotNaive(
  site: Site,
  { clients, poolMax }: { clients: number; poolMax: number },
): Promise<Outcome> {
  const sku = await newSku(site, { stock: plenty })
  const page = await pageOf(site, sku)
  const naive = createNaive(site, poolMax)
  let next = 0
  const attempt = () => {
    const buyer = must(site.buyers[next++ % site.buyers.length], 'a buyer')
    const { userId: buyerId } = buyer.actor
    const want = { sku, page, buyerId, quantity: 1, max: plenty }
    return naive.place(want)
  }
  const outcome = await drive({ clients, ms: segmentMs, attempt })
  await naive.close()
  await checkSku(site, sku, { stock: plenty, ackedCount: outcome.doneCount, limit: plenty })
  return outcome
}

const flashStock = 2_000
const flashAttempts = 20_000
const flashLimit = 2
const flashClients = 256

/** 20 000 attempts on 2 000 pieces, two for each person. */
export async function flashSale(site: Site): Promise<Outcome> {
  const sku = await newSku(site, { stock: flashStock, limit: flashLimit })
  const latenciesMs: number[] = []
  let next = 0
  const startMs = performance.now()
  let soldOutMs = startMs
  const client = async () => {
    while (next < flashAttempts) {
      const at = next++
      const askedMs = performance.now()
      if (!(await placeOurs(site, onePiece(site, sku, at)))) continue
      soldOutMs = performance.now()
      latenciesMs.push(soldOutMs - askedMs)
    }
  }
  await Promise.all(Array.from({ length: flashClients }, client))
  const doneCount = latenciesMs.length
  await checkSku(site, sku, { stock: flashStock, ackedCount: doneCount, limit: flashLimit })
  if (doneCount !== flashStock) throw new Error(`${doneCount} of ${flashStock} sold`)
  const perSec = (doneCount * 1_000) / (soldOutMs - startMs)
  return { doneCount, refusedCount: flashAttempts - doneCount, perSec, latenciesMs }
}

const cartClients = 64
const plainPool = 16

/** Ordinary carts over many SKUs, half of them with a coupon. */
export async function cartsOurs(site: Site, nextCart: CartSource): Promise<Outcome> {
  const attempt = () => placeOurs(site, nextCart())
  return drive({ clients: cartClients, ms: segmentMs, attempt })
}

export async function cartsPlain(site: Site, nextCart: CartSource): Promise<Outcome> {
  const plain = createPlain(site, plainPool)
  const attempt = () => plain.place(nextCart())
  const outcome = await drive({ clients: cartClients, ms: segmentMs, attempt })
  await plain.close()
  await checkAll(site)
  return outcome
}

export type Heard = { perSec: number; doneCount: number; p50Ms: number; p99Ms: number }

const connections = 256
const run = promisify(execFile)

/** Over HTTP to the durable acknowledgement, or to the same route that answers from memory. */
export async function overHttp(site: Site, store: 'database' | 'memory'): Promise<Heard> {
  const sku = await newSku(site, { stock: plenty, limit: plenty })
  const { place } = site.market.placement.handlers
  const first = must(site.buyers[0], 'a buyer')
  const sample = await place(ctxOf(first.actor), orderRequest(first, [{ sku, quantity: 1 }]))
  const api = await openApi(site, store === 'database' ? place : inMemory(sample))
  const bodies = site.buyers.map(buyer =>
    JSON.stringify(orderRequest(buyer, [{ sku, quantity: 1 }], { id: '@id' })),
  )
  const task = join(site.dataDir, '..', 'task.json')
  writeFileSync(task, JSON.stringify({ port: api.port, connections, ms: segmentMs, bodies }))
  const caller = join(import.meta.dirname, 'caller.ts')
  const { stdout } = await run(process.execPath, [caller, task])
  await api.close()
  const heard: Heard & { refusedCount: number } = JSON.parse(stdout)
  if (heard.refusedCount > 0) throw new Error(`${heard.refusedCount} refused`)
  const ackedCount = store === 'database' ? heard.doneCount + 1 : 1
  await checkSku(site, sku, { stock: plenty, ackedCount, limit: plenty })
  return heard
}
